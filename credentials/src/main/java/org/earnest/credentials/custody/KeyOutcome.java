package org.earnest.credentials.custody;

import java.util.function.Function;

/** What came of asking for a key, or for a change of keys. */
public sealed interface KeyOutcome<T> {
  /** It was done. */
  record Done<T>(T value) implements KeyOutcome<T> {}

  /** Nothing was done. */
  record Refused<T>(KeyRefusal refusal) implements KeyOutcome<T> {}

  /** The next step, unless this one was refused. */
  default <U> KeyOutcome<U> then(Function<T, KeyOutcome<U>> next) {
    return switch (this) {
      case Done<T>(T value) -> next.apply(value);
      case Refused<T>(KeyRefusal refusal) -> new Refused<>(refusal);
    };
  }
}
