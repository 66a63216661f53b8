package org.earnest.core.chain;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Hexadecimal text with a {@code 0x} prefix, as Ethereum's JSON-RPC writes data. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();
  private static final byte NO_DIGIT = 1;
  private static final byte UPPER_CASE = 2;

  /** By character, as whole chains' logs are read through here. */
  private static final byte[] KINDS = kinds();

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
    // Whatever is not Latin becomes a question mark, which is no digit either.
    byte[] digits = text.getBytes(StandardCharsets.ISO_8859_1);
    int kinds = 0;
    for (int i = 2; i < digits.length; i++) {
      kinds |= KINDS[digits[i] & 0xFF];
    }
    if ((kinds & NO_DIGIT) != 0) {
      throw new IllegalArgumentException("hexadecimal text has digits alone");
    }
    return (kinds & UPPER_CASE) == 0 ? text : text.toLowerCase(Locale.ROOT);
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[1 << Byte.SIZE];
    for (int character = 0; character < kinds.length; character++) {
      if (!HexFormat.isHexDigit(character)) {
        kinds[character] = NO_DIGIT;
      } else if (Character.isUpperCase(character)) {
        kinds[character] = UPPER_CASE;
      }
    }
    return kinds;
  }

  static String requireBytes(String text, int length, String what) {
    if (text.length() != 2 + 2 * length) {
      throw new IllegalArgumentException(
          what + " must be 0x and " + 2 * length + " hexadecimal digits");
    }
    return normalise(text);
  }
}
