package org.earnest.credentials.proof;

import com.apicatalog.multibase.Multibase;
import java.util.Optional;

/** Multibase base58-btc of a known length, in its one canonical spelling. */
final class Base58Btc {
  /** Longer than any value of 64 bytes; decoding takes quadratic time. */
  private static final int MAX_TEXT = 96;

  private Base58Btc() {}

  static Optional<byte[]> decode(String text, int length) {
    if (text.length() > MAX_TEXT || !Multibase.BASE_58_BTC.isEncoded(text)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Multibase.BASE_58_BTC.decode(text);
      return decoded.length == length && encode(decoded).equals(text)
          ? Optional.of(decoded)
          : Optional.empty();
    } catch (RuntimeException malformed) {
      // The decoder has no exception of its own for a character outside its alphabet.
      return Optional.empty();
    }
  }

  static String encode(byte[] bytes) {
    return Multibase.BASE_58_BTC.encode(bytes);
  }
}
