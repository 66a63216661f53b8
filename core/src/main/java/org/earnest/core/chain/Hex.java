package org.earnest.core.chain;

import java.util.HexFormat;
import java.util.Locale;

/** Hexadecimal text with a {@code 0x} prefix, as Ethereum's JSON-RPC writes data. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** Lower-case hexadecimal with prefix; {@code 0x} alone for no bytes. */
  public static String encode(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
  }

  /**
   * Reads prefixed hexadecimal of any case.
   *
   * @throws IllegalArgumentException when the prefix is missing, the length odd or a digit wrong
   */
  public static byte[] decode(String text) {
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException("hexadecimal text must begin with 0x");
    }
    return FORMAT.parseHex(text, 2, text.length());
  }

  /**
   * The same in lower case, without making bytes of it.
   *
   * @throws IllegalArgumentException when {@link #decode} would
   */
  public static String normalise(String text) {
    if (!text.startsWith("0x") || text.length() % 2 != 0) {
      throw new IllegalArgumentException("hexadecimal text is 0x and an even number of digits");
    }
    for (int i = 2; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        throw new IllegalArgumentException("hexadecimal text has digits alone");
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  static String requireBytes(String text, int length, String what) {
    if (text.length() != 2 + 2 * length) {
      throw new IllegalArgumentException(
          what + " must be 0x and " + 2 * length + " hexadecimal digits");
    }
    return normalise(text);
  }
}
