package org.earnest.credentials.status;

import java.util.Arrays;
import java.util.Optional;

/** What an entry of a Token Status List says (§7.1); other values are an application's own. */
public enum TokenValue {
  VALID(0),
  /** For good. */
  INVALID(1),
  /** For now. */
  SUSPENDED(2);

  /** Of an entry that can say all of them. */
  public static final int BITS = 2;

  private final int number;

  TokenValue(int number) {
    this.number = number;
  }

  /** As it stands in a list. */
  public int number() {
    return number;
  }

  /** Empty where the number is an application's own. */
  public static Optional<TokenValue> of(int number) {
    return Arrays.stream(values()).filter(value -> value.number == number).findFirst();
  }
}
