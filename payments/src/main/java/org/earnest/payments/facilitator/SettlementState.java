package org.earnest.payments.facilitator;

import java.util.Locale;

/** How far a settlement is. */
public enum SettlementState {
  /** Its fate is not decided: on its way, or waiting until it can be sent. */
  SUBMITTED,

  /** The money moved, as the transaction's own events say. */
  SETTLED,

  /** The transaction was mined in vain, or the authorization can no longer be used. */
  FAILED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static SettlementState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
