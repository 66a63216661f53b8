package org.earnest.core.submission;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;

/**
 * A transaction to be sent once.
 *
 * @param key the natural key, kept for ever: equal requests under it share one transaction
 * @param data calldata, prefixed hexadecimal of at most {@link #MAX_DATA_BYTES}
 * @param value wei, below 2^256
 * @param cancellable whether it may be given up when it is stuck at the highest fee allowed. Then
 *     an empty transaction spends its nonce, and it is {@code expired}. It is no part of what is
 *     requested: whoever asks with it allows it for all who ask for the same.
 */
public record SubmissionRequest(
    String key, EvmAddress to, String data, BigInteger value, boolean cancellable) {
  public static final int MAX_KEY_LENGTH = 255;

  /** Nodes take transactions of 128 KiB; the rest of one needs some room, too. */
  public static final int MAX_DATA_BYTES = 127 << 10;

  private static final int VALUE_BITS = 256;
  private static final int CHARS_PER_BYTE = 2;

  public SubmissionRequest {
    if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException("a key has 1 to " + MAX_KEY_LENGTH + " characters");
    }
    if (data.length() > CHARS_PER_BYTE * (MAX_DATA_BYTES + 1)) {
      throw new IllegalArgumentException("calldata has at most " + MAX_DATA_BYTES + " bytes");
    }
    Hex.decode(data);
    if (value.signum() < 0 || value.bitLength() > VALUE_BITS) {
      throw new IllegalArgumentException("a value is from 0 to 2^256 - 1 wei");
    }
  }

  /** One that is never given up. */
  public SubmissionRequest(String key, EvmAddress to, String data, BigInteger value) {
    this(key, to, data, value, false);
  }

  /** One without value that is never given up. */
  public SubmissionRequest(String key, EvmAddress to, String data) {
    this(key, to, data, BigInteger.ZERO);
  }

  /** Whether the other asks for the same transaction, be it allowed to give it up or not. */
  public boolean asksForTheSame(SubmissionRequest other) {
    return orCancelled().equals(other.orCancelled());
  }

  /** The same, which may be given up. */
  public SubmissionRequest orCancelled() {
    return new SubmissionRequest(key, to, data, value, true);
  }
}
