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

/** A quote as terms: one leg, both agents rated. */
record QuotedTerms(Stage stage, Identities who, Agents agents) {
  private static final Duration TO_OPEN = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration REVIEW = Duration.ofHours(1);

  /** The payee has everything when the client stays silent. */
  private static final int SILENCE_BPS = 10_000;

  /** No arbiter, bond, standby or fee. */
  DealTerms of(Quote quote) {
    return of(quote, head -> head, leg -> {});
  }

  /** The same, and what else is agreed. */
  DealTerms of(Quote quote, UnaryOperator<DealTermsBuilder> head, Consumer<LegBuilder> leg) {
    Instant now = stage.host().clock().instant();
    return head.apply(
            DealTerms.with(who.buyer().address())
                .rated(agents.buyer().tokenId(), epoch(agents.buyer()))
                .in(stage.host().contracts().usdc())
                .openBy(now.plus(TO_OPEN))
                .document(quote.docHash()))
        .leg(who.seller().address(), begun -> leg.accept(quoted(begun, quote, now)))
        .build(stage.host().contracts().dealEscrow(), now);
  }

  /** What the seller's record is about: the capability that its credential names. */
  static Hash32 tag(String capability) {
    return Keccak256.hash(capability.getBytes(StandardCharsets.UTF_8));
  }

  private LegBuilder quoted(LegBuilder leg, Quote quote, Instant now) {
    return leg.rated(agents.seller().tokenId(), epoch(agents.seller()))
        .tag(tag(quote.capability()))
        .amount(quote.amount())
        .due(now.plus(quote.deliveredWithin()))
        .grace(GRACE, BigInteger.ZERO)
        .review(REVIEW, SILENCE_BPS)
        .criteria(Keccak256.hash(quote.work().getBytes(StandardCharsets.UTF_8)));
  }

  private long epoch(AgentId agent) {
    return new IdentityRegistryReads(
            stage.host().reader(), stage.host().contracts().identityRegistry())
        .binding(agent.tokenId(), BlockTag.Named.LATEST)
        .epoch();
  }
}
