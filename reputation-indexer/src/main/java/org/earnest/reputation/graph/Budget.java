package org.earnest.reputation.graph;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one query has left of what it may use; not for several threads. */
final class Budget {
  private final long end;
  private int rows = Bounds.MAX_ROWS;
  private int chars = Bounds.MAX_CHARS;
  private int reads = Bounds.MAX_READS;
  private int times = Bounds.MAX_TIMES;
  private Optional<Refusal> spent = Optional.empty();

  Budget(Duration time) {
    this.end = System.nanoTime() + time.toNanos();
  }

  /** Before each statement. */
  void takeRead() {
    spent.ifPresent(
        refusal -> {
          throw refusal;
        });
    if (--reads < 0) {
      throw end(Refusal.tooComplex("A query takes at most " + Bounds.MAX_READS + " reads."));
    }
    if (left().isNegative()) {
      throw end(Refusal.timedOut());
    }
  }

  void takeRow() {
    if (--rows < 0) {
      throw end(tooLarge(Bounds.MAX_ROWS + " rows"));
    }
  }

  @Nullable String taken(@Nullable String text) {
    chars -= text == null ? 0 : text.length();
    if (chars < 0) {
      throw end(tooLarge(Bounds.MAX_CHARS + " characters"));
    }
    return text;
  }

  /**
   * Counts what is answered, as one row may be answered often. Whether that is still within bounds;
   * the answer as a whole is refused where it is not.
   */
  boolean answered(int length) {
    chars -= Math.min(length, Bounds.MAX_CHARS);
    if (chars < 0) {
      chars = 0;
      end(tooLarge(Bounds.MAX_CHARS + " characters"));
    }
    return spent.isEmpty();
  }

  /** How many of these blocks the node may be asked for. */
  int takeTimes(int blocks) {
    int taken = Math.min(blocks, times);
    times -= taken;
    return taken;
  }

  /** Negative where there is none. */
  Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  /** Why the query ended before it was answered. */
  Optional<Refusal> spent() {
    return spent;
  }

  /** No statement follows this one. */
  Refusal end(Refusal why) {
    spent = Optional.of(why);
    return why;
  }

  private static Refusal tooLarge(String bound) {
    return new Refusal(
        "answer_too_large", "The answer has more than " + bound + "; ask for fewer at once.");
  }
}
