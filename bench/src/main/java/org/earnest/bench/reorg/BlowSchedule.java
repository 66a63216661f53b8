package org.earnest.bench.reorg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The blows of a seed, in chapters: each begins with an empty database and a chain that is long
 * already, so that the first blows fall while history is read.
 */
final class BlowSchedule {
  static final int MAX_DEPTH = 64;

  /** Blows of a chapter at most. */
  static final int CHAPTER = 25;

  private static final int FIRST_READING = 5;
  private static final int FAR_ONE_IN = 10;
  private static final int BUSY_RESTS_ONE_IN = 3;
  private static final int IDLE_GOES_ON_ONE_IN = 4;
  private static final int MAX_GROWTH = 8;
  private static final int MAX_REQUESTS = 20;
  private static final int MAX_DELAY_MICROS = 15_000;

  private final RandomGenerator random;
  private final ReorgSettings settings;
  private int planned;

  private BlowSchedule(ReorgSettings settings) {
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
  }

  static List<List<Blow>> of(ReorgSettings settings) {
    BlowSchedule schedule = new BlowSchedule(settings);
    List<List<Blow>> chapters = new ArrayList<>();
    while (schedule.planned < settings.reorganisations()) {
      chapters.add(schedule.chapter());
    }
    return List.copyOf(chapters);
  }

  private List<Blow> chapter() {
    int size = Math.min(CHAPTER, settings.reorganisations() - planned);
    List<Blow> blows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean first = i < FIRST_READING;
      boolean far = !first && random.nextInt(FAR_ONE_IN) == 0;
      blows.add(
          new Blow(
              kill(),
              far,
              i == size - 1 || rests(first || far),
              1 + random.nextInt(MAX_DEPTH),
              random.nextInt(MAX_GROWTH + 1),
              1 + random.nextInt(MAX_REQUESTS),
              Duration.ofNanos(1_000L * random.nextInt(MAX_DELAY_MICROS))));
      planned++;
    }
    return List.copyOf(blows);
  }

  /** What is busy with history is mostly hit again before it is through. */
  private boolean rests(boolean busy) {
    return busy ? random.nextInt(BUSY_RESTS_ONE_IN) == 0 : random.nextInt(IDLE_GOES_ON_ONE_IN) != 0;
  }

  /** Kills are spread evenly, half of them before and half after. */
  private Blow.Kill kill() {
    long before = (long) planned * settings.kills() / settings.reorganisations();
    long after = (planned + 1L) * settings.kills() / settings.reorganisations();
    if (before == after) {
      return Blow.Kill.NONE;
    }
    return before % 2 == 0 ? Blow.Kill.BEFORE : Blow.Kill.AFTER;
  }
}
