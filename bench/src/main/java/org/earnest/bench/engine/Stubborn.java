package org.earnest.bench.engine;

import java.time.Duration;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.JournalUnavailableException;

/** Asks again where nothing came of it, as every caller of the engine may. */
final class Stubborn {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Stubborn() {}

  static <T> T insist(Supplier<T> question) {
    while (true) {
      try {
        return question.get();
      } catch (ChainUnavailableException | JournalUnavailableException e) {
        pause(PAUSE);
      }
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  static void sleepForEver() {
    pause(Duration.ofDays(1));
  }
}
