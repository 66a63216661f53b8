package org.earnest.bench.reads;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.earnest.bench.engine.Percentiles;

/**
 * How long a question took.
 *
 * @param wrong answers that were none; each is in no time
 * @param longest the path that took the longest
 */
record Answered(String question, Percentiles times, int wrong, String longest) {
  /** What each question is to stay below, at the 99th percentile. */
  static final Duration TARGET = Duration.ofMillis(50);

  static final String HEAD =
      "%-42s  %6s  %8s  %8s  %8s".formatted("", "asked", "p50 ms", "p99 ms", "max ms");
  private static final double MILLION = 1e6;

  record One(Duration took, String path, boolean right) {}

  static Answered of(String question, List<One> all) {
    List<One> right = all.stream().filter(One::right).toList();
    return new Answered(
        question,
        Percentiles.of(right.stream().map(One::took).toList()),
        all.size() - right.size(),
        right.stream().max(Comparator.comparing(One::took)).map(One::path).orElse("(none)"));
  }

  boolean missed() {
    return times.p99().compareTo(TARGET) >= 0;
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "%-42s  %6d  %8.1f  %8.1f  %8.1f%s%s",
        question,
        times.count(),
        millis(times.p50()),
        millis(times.p99()),
        millis(times.max()),
        missed() ? "  MISSED " + longest : "",
        wrong > 0 ? "  " + wrong + " WRONG" : "");
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("question", question);
    figures.put("asked", times.count());
    figures.put("p50Ms", millis(times.p50()));
    figures.put("p99Ms", millis(times.p99()));
    figures.put("maxMs", millis(times.max()));
    figures.put("missed", missed());
    figures.put("wrong", wrong);
    return figures;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / MILLION;
  }
}
