package org.earnest.bench.torture;

import java.time.Duration;
import java.util.Optional;
import org.earnest.bench.engine.EngineProcess;
import org.earnest.bench.engine.Said;

/** One life of the engine, from its start to the kill. */
final class Life {
  /** For what was said before the end to be heard. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final EngineProcess engine;
  private final Observations seen;
  private final Duration patience;
  private long begunAt;
  private boolean begun;

  /**
   * @param patience after which a point, or the beginning, is not waited for any more
   */
  Life(EngineProcess engine, Observations seen, Duration patience) {
    this.engine = engine;
    this.seen = seen;
    this.patience = patience;
  }

  /**
   * Waits for the time of the kill, though not for ever.
   *
   * @return whether it came
   */
  boolean await(Kill kill) {
    boolean met =
        switch (kill) {
          case Kill.AtPoint point -> awaitPoint();
          case Kill.AtInstant instant -> awaitInstant(instant.after());
        };
    if (!met) {
      seen.cameLate();
    }
    return met;
  }

  void kill() {
    long killedAt = System.nanoTime();
    engine.kill();
    // What it said before it died was true, and is heard.
    Said last = hear(LAST_WORDS).orElse(new Said.Ended());
    while (!(last instanceof Said.Ended)) {
      last = hear(LAST_WORDS).orElse(new Said.Ended());
    }
    seen.killed(killedAt);
  }

  private boolean awaitPoint() {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (listen() instanceof Said.At at) {
        seen.atPoint(at);
        return true;
      }
    }
    return false;
  }

  private boolean awaitInstant(Duration after) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!begun) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      listen();
    }
    while (System.nanoTime() - begunAt < after.toNanos()) {
      listen();
    }
    seen.atInstant();
    return true;
  }

  /**
   * Lets it work to its end.
   *
   * @return whether it came to its end in time
   */
  boolean finish(Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (listen() instanceof Said.Done) {
        return true;
      }
    }
    return false;
  }

  /** One thing that it says; the engine never ends by itself. */
  private Said listen() {
    Said said = hear(LOOK).orElse(NOTHING);
    if (said instanceof Said.Ended) {
      throw engine.ended();
    }
    return said;
  }

  private static final Said NOTHING = new Said.Begun();

  private Optional<Said> hear(Duration longest) {
    Optional<Said> said = engine.next(longest);
    said.ifPresent(this::note);
    return said;
  }

  private void note(Said said) {
    switch (said) {
      case Said.Begun first -> {
        begun = true;
        begunAt = System.nanoTime();
      }
      case Said.Reconciled done -> seen.reconciled(System.nanoTime());
      case Said.Settled settled -> seen.settled(settled, System.nanoTime());
      case Said.Rejected rejected -> seen.rejected(rejected);
      case Said.At at -> {}
      case Said.Done done -> {}
      case Said.Ended ended -> {}
    }
  }
}
