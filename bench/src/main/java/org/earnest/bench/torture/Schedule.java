package org.earnest.bench.torture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.earnest.bench.engine.KillPoint;
import org.earnest.bench.engine.Orders.Trap;

/**
 * The kills of a seed. A quarter of them come at a random instant. A quarter come in pairs: the
 * first leaves behind what the next life has to see through while it reconciles, and there the
 * second hits it. The others go round all named points, each round in an order of its own.
 */
final class Schedule {
  private static final int PATTERN = 8;
  private static final Set<Integer> INSTANTS = Set.of(3, 7);
  private static final int PAIR = 5;
  private static final int MOST_PASSES = 3;

  /** About as long as a life needs for its requests. */
  private static final int LONGEST_MILLIS = 2500;

  /** What is met while reconciling, by the point where the life before has to end for that. */
  private static final Map<KillPoint, List<KillPoint>> RECONCILED_AFTER =
      Map.of(
          KillPoint.NUMBERED,
          List.of(KillPoint.LEASED, KillPoint.SIGNED_UNSTORED, KillPoint.SIGNED),
          KillPoint.SIGNED,
          List.of(KillPoint.SENT_UNSTORED, KillPoint.BROADCAST, KillPoint.UNRELEASED),
          KillPoint.BROADCAST,
          List.of(KillPoint.MINED_UNSTORED, KillPoint.MINED),
          KillPoint.MINED,
          List.of(KillPoint.FINAL));

  /** One turn may be enough for all that is new. */
  private static final Set<KillPoint> ONCE_IN_A_TURN =
      Set.of(KillPoint.LEASED, KillPoint.UNRELEASED);

  private final Random random;
  private final Deque<KillPoint> round = new ArrayDeque<>();
  private final Deque<List<KillPoint>> pairs = new ArrayDeque<>();

  private Schedule(long seed) {
    random = new Random(seed);
  }

  static List<Kill> of(long seed, int kills) {
    Schedule schedule = new Schedule(seed);
    List<Kill> all = new ArrayList<>();
    while (all.size() < kills) {
      int place = all.size() % PATTERN;
      if (INSTANTS.contains(place)) {
        all.add(schedule.instant());
      } else if (place == PAIR) {
        all.addAll(schedule.pair());
      } else {
        all.add(schedule.point());
      }
    }
    return List.copyOf(all.subList(0, kills));
  }

  private Kill instant() {
    return new Kill.AtInstant(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)));
  }

  private Kill point() {
    if (round.isEmpty()) {
      round.addAll(shuffled(Arrays.asList(KillPoint.values())));
    }
    KillPoint point = round.remove();
    int passes = ONCE_IN_A_TURN.contains(point) ? 0 : random.nextInt(MOST_PASSES);
    return new Kill.AtPoint(new Trap(point, passes, true));
  }

  private List<Kill> pair() {
    if (pairs.isEmpty()) {
      pairs.addAll(shuffled(allPairs()));
    }
    List<KillPoint> next = pairs.remove();
    return List.of(
        new Kill.AtPoint(new Trap(next.getFirst(), 0, true)),
        new Kill.AtPoint(new Trap(next.getLast(), 0, false)));
  }

  /** In the order of the points, as a map has none. */
  private static List<List<KillPoint>> allPairs() {
    return Arrays.stream(KillPoint.values())
        .flatMap(
            first ->
                RECONCILED_AFTER.getOrDefault(first, List.of()).stream()
                    .map(second -> List.of(first, second)))
        .toList();
  }

  private <T> List<T> shuffled(List<T> ordered) {
    List<T> copy = new ArrayList<>(ordered);
    Collections.shuffle(copy, random);
    return copy;
  }
}
