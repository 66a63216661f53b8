package org.earnest.bench.torture;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.earnest.bench.engine.Books;
import org.earnest.bench.engine.EngineProcess;
import org.earnest.bench.engine.KillPoint;
import org.earnest.bench.engine.Orders;
import org.earnest.bench.engine.Pace;
import org.earnest.bench.engine.Percentiles;
import org.earnest.bench.engine.Relay;
import org.earnest.bench.engine.Stage;
import org.earnest.bench.engine.Verdict;

/**
 * Kills the engine's process by SIGKILL as a seed says, starts it again on the same journal and
 * chain, and closes the books when it was left in peace at last.
 */
public final class Torture {
  /** How often a block is made: a transaction waits a while to be mined. */
  public static final Duration BLOCK_INTERVAL = Duration.ofMillis(300);

  /** The dead must not keep the next waiting for long. */
  private static final Pace PACE = new Pace(4, 0, Duration.ofSeconds(1));

  private static final int REPORT_EVERY = 25;

  /** Before every so many kills, fees rise. */
  private static final int DEAR_EVERY = 7;

  private final Stage stage;
  private final TortureSettings settings;
  private final Consumer<String> progress;
  private final Assignments assignments;
  private final Observations seen = new Observations();
  private final Relay relay;
  private final long startedAt = System.nanoTime();
  private int dead;

  private Torture(Stage stage, TortureSettings settings, Consumer<String> progress) {
    this.stage = stage;
    this.settings = settings;
    this.progress = progress;
    this.assignments = new Assignments(settings.seed());
    this.relay = stage.relay(settings.seed());
  }

  /**
   * Runs all of it.
   *
   * @param progress takes a line now and then
   */
  public static TortureReport run(
      Stage stage, TortureSettings settings, Consumer<String> progress) {
    return new Torture(stage, settings, progress).run();
  }

  private TortureReport run() {
    Agenda agenda = new Agenda(Schedule.of(settings.seed(), settings.kills()));
    while (!agenda.isDone()) {
      Kill kill = agenda.next();
      List<Integer> leftovers = assignments.leftovers(seen.told().settled());
      try (EngineProcess engine = start(leftovers, assignments.next(), trap(kill))) {
        if (!end(new Life(engine, seen, settings.patience()), kill) && agenda.tryAgain(kill)) {
          progress.accept(kill + " came late and is tried again");
        }
      }
      stage.tidy();
      dead++;
      tellOfProgress(agenda.left());
    }
    liveOn();
    progress.accept("holding ledger and chain together");
    Verdict verdict =
        Books.close(stage, stage.work(settings.seed()), assignments.made(), seen.told());
    return report(verdict);
  }

  private void tellOfProgress(int ahead) {
    if (dead % REPORT_EVERY == 0) {
      progress.accept(
          "%d of %d kills, %d requests, %d settled"
              .formatted(dead, dead + ahead, assignments.made(), seen.told().settled().size()));
    }
  }

  /**
   * Where fees rise, whatever waits then is left stuck to the next life.
   *
   * @return whether the kill came when it was to come
   */
  private boolean end(Life life, Kill kill) {
    boolean met = life.await(kill);
    if (risesBefore(dead)) {
      stage.becomeDear();
    }
    life.kill();
    return met;
  }

  private static boolean risesBefore(int kill) {
    return kill % DEAR_EVERY == DEAR_EVERY / 2;
  }

  private EngineProcess start(
      List<Integer> leftovers, List<Integer> asks, Optional<Orders.Trap> trap) {
    seen.asked(leftovers, System.nanoTime());
    seen.asked(asks, System.nanoTime());
    Orders orders = stage.orders(settings.seed(), leftovers, asks, PACE, trap);
    return stage.engine(orders.alsoThrough(relay));
  }

  private static Optional<Orders.Trap> trap(Kill kill) {
    return switch (kill) {
      case Kill.AtPoint point -> Optional.of(point.trap());
      case Kill.AtInstant instant -> Optional.empty();
    };
  }

  /** The last life is not killed before all is done, or plainly never will be. */
  private void liveOn() {
    List<Integer> leftovers = assignments.leftovers(seen.told().settled());
    try (EngineProcess engine = start(leftovers, List.of(), Optional.empty())) {
      if (new Life(engine, seen, settings.patience()).finish(settings.longestWait())) {
        var unused = stage.awaitRest(settings.longestWait());
      }
    }
  }

  private TortureReport report(Verdict verdict) {
    Map<KillPoint, Integer> points = new EnumMap<>(KillPoint.class);
    for (KillPoint point : KillPoint.values()) {
      points.put(point, seen.points().getOrDefault(point, 0));
    }
    return new TortureReport(
        settings.seed(),
        settings.kills(),
        points,
        seen.instants(),
        seen.late(),
        seen.reconciling(),
        seen.asks(),
        verdict,
        seen.waitedLongerThan(settings.longestWait()),
        Percentiles.of(seen.recoveries()),
        seen.recoveredRepeatedly(),
        (int) IntStream.range(0, dead).filter(Torture::risesBefore).count(),
        relay.sentAgain(),
        Duration.ofNanos(System.nanoTime() - startedAt));
  }
}
