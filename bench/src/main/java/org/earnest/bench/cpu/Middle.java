package org.earnest.bench.cpu;

import java.util.List;

/** The value that counts of several rounds. */
public final class Middle {
  private Middle() {}

  /** The one in the middle, of an even number the upper of the two. */
  public static double of(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
