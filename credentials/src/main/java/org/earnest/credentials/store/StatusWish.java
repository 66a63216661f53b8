package org.earnest.credentials.store;

import java.util.Optional;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.status.TokenValue;

/**
 * What a status shall say.
 *
 * @param purpose as a bitstring for it has the value; empty where the value is the list's own
 */
public record StatusWish(Optional<StatusPurpose> purpose, int value) {
  /** The value that a place of this form then has. */
  int in(StatusSeries.Form form, int now) {
    return switch (form) {
      case BITSTRING -> value;
      case TOKEN -> purpose.map(about -> inToken(about, now)).orElse(value);
    };
  }

  /** One entry says both, so that what is not meant stays. */
  private int inToken(StatusPurpose about, int now) {
    TokenValue meant =
        about == StatusPurpose.SUSPENSION ? TokenValue.SUSPENDED : TokenValue.INVALID;
    if (value != 0) {
      return meant.number();
    }
    boolean other = about == StatusPurpose.REVOCATION && now == TokenValue.SUSPENDED.number();
    return other ? now : TokenValue.VALID.number();
  }
}
