package org.earnest.bench.crowd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.earnest.bench.engine.Books;
import org.earnest.bench.engine.EngineProcess;
import org.earnest.bench.engine.Pace;
import org.earnest.bench.engine.Said;
import org.earnest.bench.engine.Stage;
import org.earnest.bench.engine.Told;
import org.earnest.bench.engine.Verdict;

/** Sets several processes on one account and one journal, and closes the books behind them. */
public final class Crowd {
  /** How often a block is made. */
  public static final Duration BLOCK_INTERVAL = Duration.ofMillis(500);

  /** When nobody is told anything for so long, the rest is stuck. */
  static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private static final Duration LEASE_TERM = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int REPORT_EVERY = 500;

  private final Stage stage;
  private final CrowdSettings settings;
  private final Consumer<String> progress;
  private final Told told = new Told();
  private int answered;

  private Crowd(Stage stage, CrowdSettings settings, Consumer<String> progress) {
    this.stage = stage;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs all of it.
   *
   * @param progress takes a line now and then
   */
  public static CrowdReport run(Stage stage, CrowdSettings settings, Consumer<String> progress) {
    return new Crowd(stage, settings, progress).run();
  }

  private CrowdReport run() {
    long begun = System.nanoTime();
    List<EngineProcess> engines = shares().stream().map(this::start).toList();
    Duration working;
    try {
      listen(engines);
      working = Duration.ofNanos(System.nanoTime() - begun);
      var unused = stage.awaitRest(LONGEST_SILENCE);
    } finally {
      engines.forEach(EngineProcess::close);
    }
    progress.accept("holding ledger and chain together");
    Verdict verdict = Books.close(stage, stage.work(settings.seed()), settings.requests(), told);
    return new CrowdReport(settings, answered, verdict, stage.leaseChanges(), working);
  }

  private EngineProcess start(List<Integer> asks) {
    Pace pace = new Pace(settings.threads(), settings.lostPercent(), LEASE_TERM);
    return stage.engine(stage.orders(settings.seed(), List.of(), asks, pace, Optional.empty()));
  }

  /** Each request once, the rest anywhere twice or more, dealt out in turn. */
  private List<List<Integer>> shares() {
    Random random = new Random(settings.seed());
    List<Integer> asks = new ArrayList<>(IntStream.range(0, settings.requests()).boxed().toList());
    while (asks.size() < settings.submissions()) {
      asks.add(random.nextInt(settings.requests()));
    }
    Collections.shuffle(asks, random);
    return IntStream.range(0, settings.processes()).mapToObj(share -> share(asks, share)).toList();
  }

  private List<Integer> share(List<Integer> asks, int share) {
    return IntStream.range(0, asks.size())
        .filter(place -> place % settings.processes() == share)
        .mapToObj(asks::get)
        .toList();
  }

  private void listen(List<EngineProcess> engines) {
    List<EngineProcess> busy = new ArrayList<>(engines);
    long heardAt = System.nanoTime();
    while (!busy.isEmpty() && System.nanoTime() - heardAt < LONGEST_SILENCE.toNanos()) {
      int before = answered;
      busy.removeIf(this::isDone);
      if (answered > before) {
        heardAt = System.nanoTime();
      }
      if (answered / REPORT_EVERY > before / REPORT_EVERY) {
        progress.accept("%d of %d answered".formatted(answered, settings.submissions()));
      }
    }
  }

  /** Hears what it has to say for the moment; one that died has no more to say. */
  private boolean isDone(EngineProcess engine) {
    Optional<Said> said = engine.next(LOOK);
    while (said.isPresent()) {
      if (note(said.get())) {
        return true;
      }
      said = engine.next(Duration.ZERO);
    }
    return false;
  }

  private boolean note(Said said) {
    return switch (said) {
      case Said.Settled settled -> {
        told.settled(settled);
        answered++;
        yield false;
      }
      case Said.Rejected rejected -> {
        told.rejected(rejected);
        answered++;
        yield false;
      }
      case Said.Done done -> true;
      case Said.Ended ended -> true;
      case Said.Begun begun -> false;
      case Said.Reconciled reconciled -> false;
      case Said.At at -> false;
    };
  }
}
