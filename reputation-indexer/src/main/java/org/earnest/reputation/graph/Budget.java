package org.earnest.reputation.graph;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one query has left of what it may use; not for several threads. */
final class Budget {
  private final long end = System.nanoTime() + Bounds.MAX_TIME.toNanos();
  private int rows = Bounds.MAX_ROWS;
  private int chars = Bounds.MAX_CHARS;
  private int reads = Bounds.MAX_READS;
  private int times = Bounds.MAX_TIMES;
  private Optional<Refusal> spent = Optional.empty();

  /** Before each statement. */
  void takeRead() {
    spent.ifPresent(
        refusal -> {
          throw refusal;
        });
    if (--reads < 0) {
      throw end(Refusal.tooComplex("A query takes at most " + Bounds.MAX_READS + " reads."));
    }
    if (System.nanoTime() > end) {
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

  void takeTimes(int blocks) {
    times -= blocks;
    if (times < 0) {
      throw new Refusal(
          "too_many_times", "A query asks for times of at most " + Bounds.MAX_TIMES + " blocks.");
    }
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
