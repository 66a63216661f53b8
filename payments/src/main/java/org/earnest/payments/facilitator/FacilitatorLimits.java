package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How much of a facilitator one account may take up.
 *
 * @param perPayer settlements begun within the window
 * @param perPayee settlements begun within the window
 * @param revertedGas gas units that the facilitator loses to one payer's transactions mined in vain
 *     within {@code revertedWindow}
 */
public record FacilitatorLimits(
    int perPayer, int perPayee, Duration window, BigInteger revertedGas, Duration revertedWindow) {
  /** What honest traffic does not reach. */
  public static final FacilitatorLimits DEFAULT =
      new FacilitatorLimits(
          6_000, 60_000, Duration.ofMinutes(1), BigInteger.valueOf(300_000), Duration.ofHours(1));
}
