package org.earnest.credentials.key;

import com.apicatalog.multibase.Multibase;
import java.util.Optional;

/** Multibase base58-btc of a known length, in its one canonical spelling. */
public final class Base58Btc {
  /** Longer than any value of 96 bytes; decoding takes quadratic time. */
  private static final int MAX_TEXT = 136;

  private Base58Btc() {}

  /** The bytes, or empty where the text is not their one spelling, or their number is another. */
  public static Optional<byte[]> decode(String text, int length) {
    return decode(text).filter(decoded -> decoded.length == length);
  }

  static Optional<byte[]> decode(String text) {
    if (text.length() > MAX_TEXT || !Multibase.BASE_58_BTC.isEncoded(text)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Multibase.BASE_58_BTC.decode(text);
      return encode(decoded).equals(text) ? Optional.of(decoded) : Optional.empty();
    } catch (RuntimeException malformed) {
      // The decoder has no exception of its own for a character outside its alphabet.
      return Optional.empty();
    }
  }

  /** The text, beginning with z. */
  public static String encode(byte[] bytes) {
    return Multibase.BASE_58_BTC.encode(bytes);
  }
}
