package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How carefully transactions are made.
 *
 * @param gasMarginPercent added to the node's estimate, as the state may change until mining
 * @param maxGas gas units; what needs more is refused
 * @param maxFeePerGas wei; while the chain asks for more, nothing is sent
 * @param pollInterval between two looks for a receipt, when the first have found none
 * @param resendInterval after which bytes without a receipt are sent once more
 */
public record SubmissionSettings(
    int gasMarginPercent,
    BigInteger maxGas,
    BigInteger maxFeePerGas,
    Duration pollInterval,
    Duration resendInterval) {
  public static final SubmissionSettings DEFAULT =
      new SubmissionSettings(
          30,
          BigInteger.valueOf(10_000_000),
          BigInteger.valueOf(500_000_000_000L),
          Duration.ofMillis(500),
          Duration.ofSeconds(5));
}
