package org.earnest.payments.client;

import java.util.Arrays;
import java.util.Optional;

/** What a seller's receipt (extension {@code offer-receipt}) is worth. */
public enum ReceiptStanding {
  /** There is none. */
  ABSENT("absent"),

  /** The policy names nobody whose signature counts, so nobody was asked for keys. */
  UNJUDGED("unjudged"),

  /** The seller signed it, and it says what was paid. */
  GOOD("good"),

  /** Somebody else signed it, or it says something else: it proves nothing to anybody. */
  FORGED("forged");

  private final String text;

  ReceiptStanding(String text) {
    this.text = text;
  }

  /** The stable name. */
  public String text() {
    return text;
  }

  static Optional<ReceiptStanding> of(String text) {
    return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
  }
}
