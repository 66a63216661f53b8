package org.earnest.bench.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What each life is asked for: some new requests, and some old ones. Some stand there twice, so
 * that two threads ask for them at once. Before that it is asked for what is left over.
 */
final class Assignments {
  /** New requests for each life. */
  static final int NEW = 3;

  private static final int OLD = 2;
  private static final int TWICE_ONE_IN = 3;

  private final Random random;
  private int made;

  Assignments(long seed) {
    // Not the schedule's numbers once more.
    random = new Random(~seed);
  }

  /** How many different requests were given out. */
  int made() {
    return made;
  }

  /** For the next life. */
  List<Integer> next() {
    int before = made;
    made += NEW;
    List<Integer> asks = new ArrayList<>(IntStream.range(before, made).boxed().toList());
    for (int i = 0; i < OLD && before > 0; i++) {
      asks.add(random.nextInt(before));
    }
    for (int fresh = before; fresh < made; fresh++) {
      if (random.nextInt(TWICE_ONE_IN) == 0) {
        asks.add(fresh);
      }
    }
    Collections.shuffle(asks, random);
    return List.copyOf(asks);
  }

  /** What was given out so far, and is not settled. */
  List<Integer> leftovers(Set<Integer> settled) {
    return IntStream.range(0, made).boxed().filter(number -> !settled.contains(number)).toList();
  }
}
