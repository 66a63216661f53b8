package org.earnest.bench.torture;

import java.time.Duration;
import java.util.Optional;
import org.earnest.bench.engine.EngineProcess;
import org.earnest.bench.engine.Said;

/** One life of the engine, from its start to the kill. */
final class Life {
  /** After which a point is not waited for any more. */
  private static final Duration POINT_PATIENCE = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final EngineProcess engine;
  private final Observations seen;
  private long begunAt;
  private boolean begun;

  Life(EngineProcess engine, Observations seen) {
    this.engine = engine;
    this.seen = seen;
  }

  /** Waits for the time of the kill, and kills. */
  void end(Kill kill) {
    switch (kill) {
      case Kill.AtPoint point -> endAtPoint();
      case Kill.AtInstant instant -> endAtInstant(instant.after());
    }
    seen.killed(System.nanoTime());
    engine.kill();
    // What it said before it died was true, and is heard.
    Said last = hear(POINT_PATIENCE).orElse(new Said.Ended());
    while (!(last instanceof Said.Ended)) {
      last = hear(POINT_PATIENCE).orElse(new Said.Ended());
    }
  }

  private void endAtPoint() {
    long deadline = System.nanoTime() + POINT_PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (listen() instanceof Said.At at) {
        seen.atPoint(at);
        return;
      }
    }
    seen.missed();
  }

  private void endAtInstant(Duration after) {
    while (!begun) {
      listen();
    }
    while (System.nanoTime() - begunAt < after.toNanos()) {
      listen();
    }
    seen.atInstant();
  }

  /**
   * Lets it work to its end.
   *
   * @return whether it came to its end in time
   */
  boolean finish(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
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

  private Optional<Said> hear(Duration patience) {
    Optional<Said> said = engine.next(patience);
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
