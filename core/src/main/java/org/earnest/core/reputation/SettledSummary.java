package org.earnest.core.reputation;

import java.math.BigInteger;

/**
 * What the escrow recorded of an agent in one owner epoch, for one token and one tag.
 *
 * @param volume atomic units paid, before fees
 * @param closed legs closed
 * @param rated legs rated
 * @param ratingSum sum of ratings, each 0 to 100
 * @param missed legs not delivered in time
 * @param late legs delivered after their due time
 * @param lost disputes ruled against the agent
 */
public record SettledSummary(
    BigInteger volume, long closed, long rated, long ratingSum, long missed, long late, long lost) {
  public static final SettledSummary NONE = new SettledSummary(BigInteger.ZERO, 0, 0, 0, 0, 0, 0);
}
