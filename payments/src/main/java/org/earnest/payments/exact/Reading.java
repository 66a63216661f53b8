package org.earnest.payments.exact;

import java.util.function.Function;

/** What came of reading something: the thing, or why it cannot be. */
public sealed interface Reading<T> {
  record Understood<T>(T value) implements Reading<T> {}

  /**
   * It cannot be.
   *
   * @param detail for a person; never the sender's own text
   */
  record Refused<T>(Reason reason, String detail) implements Reading<T> {
    /** The same refusal of a later reading. */
    public <R> Refused<R> as() {
      return new Refused<>(reason, detail);
    }
  }

  static <T> Reading<T> refused(Reason reason, String detail) {
    return new Refused<>(reason, detail);
  }

  default <R> Reading<R> then(Function<T, Reading<R>> next) {
    return switch (this) {
      case Understood<T> understood -> next.apply(understood.value());
      case Refused<T> refused -> refused.as();
    };
  }
}
