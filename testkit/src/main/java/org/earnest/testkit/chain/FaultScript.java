package org.earnest.testkit.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides by a seed which calls go wrong, and how. The n-th call of a method meets the same fault
 * in every run with the same seed, however the threads interleave. Its text has the seed and what
 * was given, for the message of an assertion.
 */
public final class FaultScript {
  private static final int ALL = 1000;
  private static final int MAX_TOLD = 200;

  private final long seed;
  private final List<Rate> rates;
  private final Map<String, Integer> calls = new HashMap<>();
  private final List<String> given = new ArrayList<>();

  private FaultScript(long seed, List<Rate> rates) {
    this.seed = seed;
    this.rates = List.copyOf(rates);
    if (rates.stream().mapToInt(Rate::perMille).sum() > ALL) {
      throw new IllegalArgumentException("more faults than calls");
    }
  }

  /** How often a fault is met, in thousandths of all calls. */
  public record Rate(Fault fault, int perMille) {}

  public static FaultScript of(long seed, List<Rate> rates) {
    return new FaultScript(seed, rates);
  }

  synchronized Optional<Fault> next(String method) {
    int call = calls.merge(method, 1, Integer::sum);
    long place = method.hashCode() * 0x9E3779B97F4A7C15L + call;
    int draw = new SplittableRandom(seed ^ place).nextInt(ALL);
    for (Rate rate : rates) {
      if (draw < rate.perMille()) {
        given.add(method + " " + call + ": " + rate.fault());
        return Optional.of(rate.fault());
      }
      draw -= rate.perMille();
    }
    return Optional.empty();
  }

  /** How many faults were met so far. */
  public synchronized int faults() {
    return given.size();
  }

  @Override
  public synchronized String toString() {
    List<String> last = given.subList(Math.max(0, given.size() - MAX_TOLD), given.size());
    return "seed " + seed + ", " + given.size() + " faults, the last: " + last;
  }
}
