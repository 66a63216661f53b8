package org.earnest.cli.demo;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.identity.AgentId;

/** A quote as terms: one leg, both agents rated, no arbiter, bond, standby or fee. */
record QuotedTerms(Stage stage, Identities who, Agents agents) {
  private static final Duration TO_OPEN = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration REVIEW = Duration.ofHours(1);

  /** The payee has everything when the client stays silent. */
  private static final int SILENCE_BPS = 10_000;

  DealTerms of(Quote quote) {
    long now = stage.host().clock().instant().getEpochSecond();
    return new DealTerms(head(quote, now), List.of(leg(quote, now)));
  }

  /** What the seller's record is about: the capability that its credential names. */
  static Hash32 tag(String capability) {
    return Keccak256.hash(capability.getBytes(StandardCharsets.UTF_8));
  }

  private Head head(Quote quote, long now) {
    return new Head(
        who.buyer().address(),
        agents.buyer().tokenId(),
        epoch(agents.buyer()),
        stage.host().contracts().usdc(),
        EvmAddress.ZERO,
        0,
        0,
        0,
        EvmAddress.ZERO,
        0,
        now + TO_OPEN.toSeconds(),
        0,
        quote.docHash());
  }

  private Leg leg(Quote quote, long now) {
    return new Leg(
        who.seller().address(),
        agents.seller().tokenId(),
        epoch(agents.seller()),
        tag(quote.capability()),
        quote.amount(),
        BigInteger.ZERO,
        BigInteger.ZERO,
        now + quote.deliveredWithin().toSeconds(),
        GRACE.toSeconds(),
        REVIEW.toSeconds(),
        SILENCE_BPS,
        Keccak256.hash(quote.work().getBytes(StandardCharsets.UTF_8)),
        EvmAddress.ZERO,
        BigInteger.ZERO,
        0,
        BigInteger.ZERO,
        BigInteger.ZERO,
        0,
        0);
  }

  private long epoch(AgentId agent) {
    return new IdentityRegistryReads(
            stage.host().reader(), stage.host().contracts().identityRegistry())
        .binding(agent.tokenId(), BlockTag.Named.LATEST)
        .epoch();
  }
}
