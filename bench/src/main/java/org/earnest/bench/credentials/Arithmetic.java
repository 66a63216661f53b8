package org.earnest.bench.credentials;

import java.util.stream.IntStream;

/** Work that shares nothing and allocates nothing: what the machine itself gives two threads. */
final class Arithmetic {
  private static final long STEPS = 200_000_000;

  private Arithmetic() {}

  /** How many times as fast two threads are as one. */
  static double quotient() {
    long begin = System.nanoTime();
    perform(2 * STEPS, 0);
    long between = System.nanoTime();
    perform(STEPS, 1);
    return (double) (between - begin) / (System.nanoTime() - between);
  }

  /** By this thread, and as many others. */
  private static void perform(long steps, int others) {
    var threads =
        IntStream.range(0, others).mapToObj(any -> Thread.ofPlatform().start(() -> walk(steps)));
    var started = threads.toList();
    walk(steps);
    for (Thread thread : started) {
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the machine was measured", stopped);
    }
  }

  /** Marsaglia's xorshift, which no compiler shortens. */
  private static void walk(long steps) {
    long state = 88_172_645_463_325_252L;
    for (long step = 0; step < steps; step++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    if (state == 0) {
      throw new IllegalStateException("xorshift never comes to zero");
    }
  }
}
