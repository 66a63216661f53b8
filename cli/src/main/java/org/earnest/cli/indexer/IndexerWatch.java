package org.earnest.cli.indexer;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.cli.console.Console;
import org.earnest.kit.follow.FollowFigures;
import org.earnest.kit.follow.FollowHaltedException;
import org.earnest.kit.process.Lifecycle;

/** Tells how an indexer gets on for as long as it runs, and ends a run that cannot go on. */
public final class IndexerWatch {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many looks make one line in a log. */
  private static final int LOOKS_OF_A_LINE = 5;

  /** What has stopped is seen as not ready, and why, before it is gone. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Lifecycle run;
  private final Supplier<FollowFigures> figures;
  private final Supplier<Optional<FollowHaltedException>> halted;
  private final Console console;
  private String last = "";
  private int looks;

  public IndexerWatch(
      Lifecycle run,
      Supplier<FollowFigures> figures,
      Supplier<Optional<FollowHaltedException>> halted,
      Console console) {
    this.run = run;
    this.figures = figures;
    this.halted = halted;
    this.console = console;
  }

  /**
   * Returns when the run is over.
   *
   * @return false where it ended because the indexer could not go on
   */
  public boolean untilClosed() {
    try {
      while (!run.awaitClosed(LOOK)) {
        tell(figures.get());
        if (halted.get().isPresent()) {
          return end(halted.get().get());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private boolean end(FollowHaltedException why) throws InterruptedException {
    if (console.isTerminal()) {
      console.say("");
    }
    console.complain(why);
    boolean closed = run.awaitClosed(LAST_WORDS);
    if (!closed) {
      run.close();
    }
    return false;
  }

  /** At the head there is nothing new to say in a log, and on a terminal the block still counts. */
  private void tell(FollowFigures now) {
    if (console.isTerminal()) {
      console.redraw(ProgressLine.drawn(now));
    } else if (looks++ % LOOKS_OF_A_LINE == 0) {
      log(now);
    }
  }

  private void log(FollowFigures now) {
    String said = now.atHead() && now.fault().isEmpty() ? "at the head" : ProgressLine.plain(now);
    if (!said.equals(last)) {
      console.warn(ProgressLine.plain(now));
    }
    last = said;
  }
}
