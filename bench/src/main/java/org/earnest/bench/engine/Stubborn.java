package org.earnest.bench.engine;

import java.time.Duration;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.kit.process.StartupException;

/** Asks again where nothing came of it, as every caller of the engine may. */
final class Stubborn {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Stubborn() {}

  static <T> T insist(Supplier<T> question) {
    while (true) {
      try {
        return question.get();
      } catch (ChainUnavailableException
          | JournalUnavailableException
          | DatabaseUnavailableException e) {
        pause(PAUSE);
      } catch (StartupException e) {
        if (!e.code().equals(Database.UNREACHABLE)) {
          throw e;
        }
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
