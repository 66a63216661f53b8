package org.earnest.credentials.store;

import java.util.regex.Pattern;

/** The client's name for one request to issue: 1 to 255 printable ASCII characters. */
public record IdempotencyKey(String value) {
  private static final Pattern SYNTAX = Pattern.compile("[\\x21-\\x7e]{1,255}");

  public IdempotencyKey {
    if (!SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException("1 to 255 printable characters without spaces expected");
    }
  }
}
