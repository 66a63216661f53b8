package org.earnest.credentials.custody;

import java.time.Instant;

/** What a key of an issuer is good for. */
public sealed interface KeyState {
  /** Published, so that readers know it by the time when it signs. */
  record Standby() implements KeyState {}

  /** Signs. */
  record Active() implements KeyState {}

  /**
   * Signs no more, and what it signed verifies for a while.
   *
   * @param until when the issuer's document lists it no more; exclusive
   */
  record Retired(Instant until) implements KeyState {}

  /** Nothing that it signed is to be believed. */
  record Revoked(Instant at) implements KeyState {}

  /** Whether the private key may still exist. */
  default boolean signs() {
    return switch (this) {
      case Standby s -> true;
      case Active a -> true;
      case Retired r -> false;
      case Revoked r -> false;
    };
  }

  /** Whether the issuer's document lists it at this moment. */
  default boolean isListed(Instant now) {
    return switch (this) {
      case Standby s -> true;
      case Active a -> true;
      case Retired retired -> now.isBefore(retired.until());
      case Revoked r -> false;
    };
  }
}
