package org.earnest.reputation.file;

import java.util.Optional;

/** A word for something that an agent can do; two that differ in case alone are the same. */
public final class Capability {
  public static final int MAX_CHARS = RegistrationFile.MAX_WORD_CHARS;

  /** Before each in {@code reputation_file.agent_word}, where a text's words stand as they are. */
  public static final String WORD = "=";

  private Capability() {}

  /** As it is compared; empty for nothing but blanks, and for what is too long. */
  public static Optional<String> of(String text) {
    return Optional.of(lowerCase(text.strip()))
        .filter(word -> !word.isEmpty() && word.length() <= MAX_CHARS);
  }

  /** Each character by itself, as PostgreSQL's {@code lower} does. */
  private static String lowerCase(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
