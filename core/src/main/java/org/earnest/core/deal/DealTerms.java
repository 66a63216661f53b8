package org.earnest.core.deal;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.EvmAddress;

/** The whole agreement: what is signed, and what the deal's id is the digest of. */
public record DealTerms(Head head, List<Leg> legs) {
  public static final int MAX_LEGS = 64;

  public DealTerms {
    legs = List.copyOf(legs);
    if (legs.isEmpty() || legs.size() > MAX_LEGS) {
      throw new IllegalArgumentException("a deal has 1 to " + MAX_LEGS + " legs");
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
