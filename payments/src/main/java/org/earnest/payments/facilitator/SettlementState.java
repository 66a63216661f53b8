package org.earnest.payments.facilitator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a settlement is. */
public enum SettlementState {
  /** Its fate is not decided: on its way, or waiting until it can be sent. */
  SUBMITTED,

  /** The money moved, as the transaction's own events say. A reorganisation may undo it. */
  SETTLED,

  /** The transaction was mined in vain, or the authorization can no longer be used. */
  FAILED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this name, if there is one. */
  static Optional<SettlementState> read(String text) {
    return Arrays.stream(values()).filter(state -> state.text().equals(text)).findFirst();
  }

  public static SettlementState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
