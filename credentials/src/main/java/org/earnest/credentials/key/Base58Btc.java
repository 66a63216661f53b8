package org.earnest.credentials.key;

import com.apicatalog.multibase.Multibase;
import java.util.Arrays;
import java.util.Optional;

/** Multibase base58-btc of a known length, in its one canonical spelling. */
public final class Base58Btc {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int[] DIGITS = digits();

  /** Longer than any value of 96 bytes; decoding takes quadratic time. */
  static final int MAX_TEXT = 136;

  /** Digits that fit an int together. */
  private static final int CHUNK = 5;

  private Base58Btc() {}

  private static int[] digits() {
    int[] digits = new int[128];
    Arrays.fill(digits, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = i;
    }
    return digits;
  }

  /** The bytes, or empty where the text is not their one spelling, or their number is another. */
  public static Optional<byte[]> decode(String text, int length) {
    return decode(text).filter(decoded -> decoded.length == length);
  }

  /**
   * No two texts give the same bytes: each leading 1 is a byte of zero, and the rest is a number
   * without leading zeros. The library's decoder divides byte by byte, and takes a tenth of a
   * verification.
   */
  static Optional<byte[]> decode(String text) {
    if (text.length() < 2 || text.length() > MAX_TEXT || !Multibase.BASE_58_BTC.isEncoded(text)) {
      return Optional.empty();
    }
    int zeros = 0;
    while (zeros + 1 < text.length() && text.charAt(zeros + 1) == '1') {
      zeros++;
    }
    // Little-endian words of 32 bits; a digit has less than six of them.
    int[] words = new int[text.length() * 6 / Integer.SIZE + 1];
    for (int at = zeros + 1; at < text.length(); at += CHUNK) {
      long value = 0;
      long radix = 1;
      for (int i = at; i < Math.min(at + CHUNK, text.length()); i++) {
        char letter = text.charAt(i);
        int digit = letter < DIGITS.length ? DIGITS[letter] : -1;
        if (digit < 0) {
          return Optional.empty();
        }
        value = value * ALPHABET.length() + digit;
        radix *= ALPHABET.length();
      }
      multiplyAdd(words, radix, value);
    }
    return Optional.of(bytes(words, zeros));
  }

  private static void multiplyAdd(int[] words, long factor, long summand) {
    long carry = summand;
    for (int i = 0; i < words.length; i++) {
      carry += Integer.toUnsignedLong(words[i]) * factor;
      words[i] = (int) carry;
      carry >>>= Integer.SIZE;
    }
  }

  private static byte[] bytes(int[] words, int zeros) {
    int length = words.length * Integer.BYTES;
    while (length > 0 && octet(words, length - 1) == 0) {
      length--;
    }
    byte[] bytes = new byte[zeros + length];
    for (int i = 0; i < length; i++) {
      bytes[zeros + i] = octet(words, length - 1 - i);
    }
    return bytes;
  }

  private static byte octet(int[] words, int index) {
    return (byte) (words[index / Integer.BYTES] >>> (Byte.SIZE * (index % Integer.BYTES)));
  }

  /** The text, beginning with z. */
  public static String encode(byte[] bytes) {
    return Multibase.BASE_58_BTC.encode(bytes);
  }
}
