package org.earnest.payments.facilitator;

import java.util.Locale;

/** How far a settlement is. */
public enum SettlementState {
  /** Given to the submission engine; its fate is not known yet. */
  SUBMITTED,

  /** The money moved, as the transaction's own events say. */
  SETTLED,

  /** The money did not move by this settlement. */
  FAILED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static SettlementState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
