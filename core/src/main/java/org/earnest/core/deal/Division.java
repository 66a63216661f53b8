package org.earnest.core.deal;

import java.math.BigInteger;

/**
 * How client and payee end a leg by agreement, in sums and not in shares. Member for member the
 * contract's struct {@code Division}. To cancel a leg is to divide nothing with the whole bond
 * back.
 *
 * @param toPayee of the price to the payee, the platform fee within it; the price at most
 * @param bondBack of the bond of the payee at work, back to it; the bond at most
 * @param validBefore second of 1970 after which the signatures are void
 */
public record Division(BigInteger toPayee, BigInteger bondBack, long validBefore) {
  public Division {
    Uint.require(toPayee, 128, "toPayee");
    Uint.require(bondBack, 128, "bondBack");
    Uint.require(validBefore, 40, "validBefore");
  }
}
