package org.earnest.cli.demo;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.DealTermsBuilder;
import org.earnest.core.deal.LegBuilder;
import org.earnest.core.identity.AgentId;

/** A quote as terms: both agents rated, and one leg unless there is other work as well. */
record QuotedTerms(Stage stage, Identities who, Agents agents) {
  private static final Duration TO_OPEN = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofMinutes(10);

  /** How long the buyer may look. */
  static final Duration REVIEW = Duration.ofHours(1);

  /** The payee has everything when the client stays silent. */
  private static final int SILENCE_BPS = 10_000;

  /** No arbiter, bond, standby or fee. */
  DealTerms of(Quote quote) {
    return of(quote, head -> head, leg -> {});
  }

  /**
   * The same, and what else is agreed.
   *
   * @param others each a leg more
   */
  DealTerms of(
      Quote quote, UnaryOperator<DealTermsBuilder> head, Consumer<LegBuilder> leg, Job... others) {
    Instant now = stage.host().clock().instant();
    Instant due = now.plus(quote.deliveredWithin());
    DealTermsBuilder terms =
        head.apply(
                DealTerms.with(who.buyer().address())
                    .rated(agents.buyer().tokenId(), epoch(agents.buyer()))
                    .in(stage.host().contracts().usdc())
                    .openBy(now.plus(TO_OPEN))
                    .document(quote.docHash()))
            .leg(who.seller().address(), begun -> leg.accept(quoted(begun, quote, due)));
    for (Job job : others) {
      terms.leg(job.payee(), begun -> work(begun, job.what(), job.price(), due));
    }
    return terms.build(stage.host().contracts().dealEscrow(), now);
  }

  /** What the seller's record is about: the capability that its credential names. */
  static Hash32 tag(String capability) {
    return Keccak256.hash(capability.getBytes(StandardCharsets.UTF_8));
  }

  private LegBuilder quoted(LegBuilder leg, Quote quote, Instant due) {
    return work(leg, quote.work(), quote.amount(), due)
        .rated(agents.seller().tokenId(), epoch(agents.seller()))
        .tag(tag(quote.capability()));
  }

  private static LegBuilder work(LegBuilder leg, String what, BigInteger price, Instant due) {
    return leg.amount(price)
        .due(due)
        .grace(GRACE, BigInteger.ZERO)
        .review(REVIEW, SILENCE_BPS)
        .criteria(Keccak256.hash(what.getBytes(StandardCharsets.UTF_8)));
  }

  private long epoch(AgentId agent) {
    return new IdentityRegistryReads(
            stage.host().reader(), stage.host().contracts().identityRegistry())
        .binding(agent.tokenId(), BlockTag.Named.LATEST)
        .epoch();
  }
}
