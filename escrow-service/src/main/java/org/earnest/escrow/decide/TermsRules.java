package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;

/**
 * The contract's rules for terms, so that a refusal costs no gas and says what to change. The
 * contract judges again; what it adds are the agents' owners and the token's own checks.
 */
final class TermsRules {
  static final int MAX_FEE_BPS = 1_000;
  static final long MAX_DUE_AHEAD = Duration.ofDays(5 * 365).toSeconds();
  static final long MAX_GRACE = (1L << 24) - 1;
  static final long MAX_REVIEW = Duration.ofDays(180).toSeconds();
  static final int ESCALATE = 65_535;
  static final Hash32 CLIENT_TAG = Keccak256.hash("earnest.client");

  private TermsRules() {}

  /**
   * The first rule that the terms break.
   *
   * @param now the chain's time in seconds of 1970
   */
  static Optional<Refusal> check(DealTerms terms, EscrowBounds bounds, long now) {
    Stream<Optional<Refusal>> legs =
        IntStream.range(0, terms.legs().size())
            .boxed()
            .flatMap(
                i ->
                    new LegRules(terms.head(), terms.legs().get(i), i, bounds.escrow(), now)
                        .check());
    return Stream.of(
            Stream.of(token(terms, bounds)),
            HeadRules.check(terms.head(), bounds.escrow(), now),
            legs,
            Stream.of(agentOrder(terms)))
        .flatMap(rules -> rules)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> token(DealTerms terms, EscrowBounds bounds) {
    return bounds.tokenDomain(terms.head().token()).isPresent()
        ? Optional.empty()
        : Optional.of(bounds.tokenNotAllowed(terms.head().token()));
  }

  /** Rated legs come in strictly ascending order of their agents. */
  private static Optional<Refusal> agentOrder(DealTerms terms) {
    BigInteger last = BigInteger.ZERO;
    for (int i = 0; i < terms.legs().size(); i++) {
      BigInteger agent = terms.legs().get(i).agentId();
      if (agent.signum() != 0 && agent.compareTo(last) <= 0) {
        return Optional.of(
            Refusal.terms(
                "agent_order",
                "Leg %d: agent %s does not come after agent %s; rated legs ascend by agent."
                    .formatted(i, agent, last)));
      }
      last = agent.signum() == 0 ? last : agent;
    }
    return Optional.empty();
  }
}
