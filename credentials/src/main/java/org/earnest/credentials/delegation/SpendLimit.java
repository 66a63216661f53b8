package org.earnest.credentials.delegation;

import java.math.BigInteger;
import org.earnest.core.chain.Caip19AssetId;

/**
 * How much may be spent of one token, in its atomic units.
 *
 * @param perDeal at most in one deal, retainers included
 * @param perDay at most in any 24 hours, at least {@code perDeal}
 */
public record SpendLimit(Caip19AssetId asset, BigInteger perDeal, BigInteger perDay) {
  private static final int MAX_BITS = 128;

  public SpendLimit {
    if (perDeal.signum() < 0 || perDay.bitLength() > MAX_BITS || perDeal.compareTo(perDay) > 0) {
      throw new IllegalArgumentException(
          "0 <= perDeal <= perDay < 2^%d expected".formatted(MAX_BITS));
    }
  }

  /** Whether this allows nothing that the other does not. */
  boolean isWithin(SpendLimit other) {
    return asset.equals(other.asset)
        && perDeal.compareTo(other.perDeal) <= 0
        && perDay.compareTo(other.perDay) <= 0;
  }
}
