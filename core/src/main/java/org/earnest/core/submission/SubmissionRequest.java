package org.earnest.core.submission;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;

/**
 * A transaction to be sent once.
 *
 * @param key the natural key, kept for ever: equal requests under it share one transaction
 * @param data calldata, prefixed hexadecimal
 * @param value wei
 */
public record SubmissionRequest(String key, EvmAddress to, String data, BigInteger value) {
  public static final int MAX_KEY_LENGTH = 255;

  public SubmissionRequest {
    if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException("a key has 1 to " + MAX_KEY_LENGTH + " characters");
    }
  }

  public SubmissionRequest(String key, EvmAddress to, String data) {
    this(key, to, data, BigInteger.ZERO);
  }
}
