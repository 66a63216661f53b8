package org.earnest.bindings.submission;

import java.math.BigInteger;
import org.earnest.core.chain.Hex;
import org.earnest.core.submission.SubmissionRequest;

/** What a call costs before the first instruction of its contract (yellow paper §6.2, EIP-2028). */
final class IntrinsicGas {
  private static final long TRANSACTION = 21_000;
  private static final long ZERO_BYTE = 4;
  private static final long OTHER_BYTE = 16;

  private IntrinsicGas() {}

  static BigInteger of(SubmissionRequest request) {
    long gas = TRANSACTION;
    for (byte each : Hex.decode(request.data())) {
      gas += each == 0 ? ZERO_BYTE : OTHER_BYTE;
    }
    return BigInteger.valueOf(gas);
  }
}
