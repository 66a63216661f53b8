package org.earnest.payments.client;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A place in a channel that one payment has for itself.
 *
 * @param purse as it was before
 * @param max the voucher's amount
 * @param missing what the channel lacks for it; zero for nothing
 * @param elsewhere what lies unused in other channels of the token
 * @param servings how many payments out of channels had been served when it began
 */
record ChannelTurn(
    Purse purse, BigInteger max, BigInteger missing, BigInteger elsewhere, long servings) {
  /**
   * What is put into the channel: what the seller wants, but never so much that more than the bound
   * lies unused.
   *
   * @return zero for nothing; empty where what is needed is more than that
   */
  Optional<BigInteger> deposit(BigInteger wanted, BigInteger bound) {
    if (missing.signum() == 0) {
      return Optional.of(BigInteger.ZERO);
    }
    BigInteger room = bound.subtract(elsewhere).subtract(purse.locked());
    // a seller takes no first deposit that is less than it wants
    BigInteger needed = purse.isEmpty() ? missing.max(wanted) : missing;
    return needed.compareTo(room) > 0
        ? Optional.empty()
        : Optional.of(missing.max(wanted.min(room)));
  }
}
