package org.earnest.core.deal;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.EvmAddress;

/** The whole agreement: what is signed, and what the deal's id is the digest of. */
public record DealTerms(Head head, List<Leg> legs) {
  public static final int MAX_LEGS = 64;

  /**
   * Terms.
   *
   * @throws BrokenTermsException when there are not 1 to {@link #MAX_LEGS} legs
   */
  public DealTerms {
    legs = List.copyOf(legs);
    requireLegCount(legs.size());
  }

  /**
   * Refuses a number of legs that no deal has, before they are read.
   *
   * @throws BrokenTermsException when it is not 1 to {@link #MAX_LEGS}
   */
  public static void requireLegCount(int count) {
    if (count < 1 || count > MAX_LEGS) {
      throw new BrokenTermsException(
          new BrokenRule(
              "LegCountOutOfRange",
              "There are %d legs; a deal has 1 to %d.".formatted(count, MAX_LEGS)));
    }
  }

  /** Begins terms of a client who pays. */
  public static DealTermsBuilder with(EvmAddress client) {
    return new DealTermsBuilder(client);
  }

  /** Atomic units that the client pays in at opening: every amount and retainer. */
  public BigInteger total() {
    return legs.stream()
        .map(leg -> leg.amount().add(leg.retainer()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
