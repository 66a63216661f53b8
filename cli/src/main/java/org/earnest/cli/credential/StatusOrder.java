package org.earnest.cli.credential;

import java.util.Optional;
import org.earnest.credentials.status.TokenValue;

/** What an issuer makes of a credential that it issued. */
public enum StatusOrder {
  /** For good. */
  REVOKE("revoked"),
  /** For now. */
  SUSPEND("suspended"),
  /** Ends a suspension. */
  REINSTATE("reinstated");

  private final String done;

  StatusOrder(String done) {
    this.done = done;
  }

  /** For a person: it is now. */
  public String done() {
    return done;
  }

  /** The value that a list of this kind then has; empty where such a list does not say it. */
  Optional<Integer> value(ListKind kind) {
    return switch (kind) {
      case REVOCATION -> this == REVOKE ? Optional.of(1) : Optional.empty();
      case SUSPENSION -> this == REVOKE ? Optional.empty() : Optional.of(this == SUSPEND ? 1 : 0);
      case TOKEN ->
          Optional.of(
              switch (this) {
                case REVOKE -> TokenValue.INVALID.number();
                case SUSPEND -> TokenValue.SUSPENDED.number();
                case REINSTATE -> TokenValue.VALID.number();
              });
    };
  }

  /** Whether a value is for good. */
  static boolean isFinal(ListKind kind, int value) {
    return value == TokenValue.INVALID.number() && kind != ListKind.SUSPENSION;
  }
}
