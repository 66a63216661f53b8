package org.earnest.bench.torture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.earnest.bench.engine.KillPoint;
import org.earnest.bench.engine.Orders.Trap;

/**
 * The kills of a seed. A quarter of them come at a random instant; the others go round the named
 * points, each round in an order of its own, so that all are met equally often.
 */
final class Schedule {
  private static final int INSTANTS_ONE_IN = 4;
  private static final int MOST_PASSES = 3;

  /** About as long as a life needs for its requests. */
  private static final int LONGEST_MILLIS = 2500;

  private final Random random;
  private final Deque<KillPoint> round = new ArrayDeque<>();

  private Schedule(long seed) {
    random = new Random(seed);
  }

  static List<Kill> of(long seed, int kills) {
    Schedule schedule = new Schedule(seed);
    List<Kill> all = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      all.add(i % INSTANTS_ONE_IN == INSTANTS_ONE_IN - 1 ? schedule.instant() : schedule.point());
    }
    return List.copyOf(all);
  }

  private Kill instant() {
    return new Kill.AtInstant(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)));
  }

  private Kill point() {
    if (round.isEmpty()) {
      List<KillPoint> points = new ArrayList<>(Arrays.asList(KillPoint.values()));
      Collections.shuffle(points, random);
      round.addAll(points);
    }
    boolean afterReconcile = random.nextBoolean();
    // What is left to do before is little: the first time may be the only one.
    int passes = afterReconcile ? random.nextInt(MOST_PASSES) : 0;
    return new Kill.AtPoint(new Trap(round.remove(), passes, afterReconcile));
  }
}
