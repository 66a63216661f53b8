package org.earnest.credentials.custody;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of keys: safe as a file's name, as a label on a token and in a URL. */
final class KeyNames {
  private static final Pattern SYNTAX =
      Pattern.compile("[a-z0-9][a-z0-9-]{0," + (KeyCustody.MAX_NAME - 1) + "}");
  private static final int RANDOM_BYTES = 16;

  private KeyNames() {}

  /** Never given before, without anybody having to remember. */
  static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return "key-" + HexFormat.of().formatHex(bytes);
  }

  static boolean isName(String text) {
    return SYNTAX.matcher(text).matches();
  }

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException for what is none
   */
  static String required(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("a key's name has lower-case letters, digits and hyphens");
    }
    return name;
  }
}
