package org.earnest.bench.submissions;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Calls on a channel, so many at once each time.
 *
 * @param sold atomic units, by the shop's books
 * @param transactions of whoever pays for gas, meanwhile
 * @param cpu nanoseconds of processor time, but for the database's
 */
record ChannelRound(
    int asked,
    int served,
    Map<String, Long> refusals,
    long handlerRuns,
    long sold,
    long transactions,
    long nanos,
    long cpu,
    long databaseCpu) {
  private static final double SECOND = 1e9;
  private static final double MILLISECOND = 1e6;

  ChannelRound {
    refusals = Map.copyOf(refusals);
  }

  double perSecond() {
    return served / (nanos / SECOND);
  }

  /** Milliseconds for each that was served. */
  private double each(long nanos) {
    return nanos / MILLISECOND / Math.max(1, served);
  }

  /** All were served once and paid for once, and nobody paid for gas. */
  boolean isClean(long price) {
    return served == asked && handlerRuns == asked && sold == asked * price && transactions == 0;
  }

  /** What rounds of one kind came to; of their speeds the middle one. */
  record Figures(String contender, int atOnce, List<ChannelRound> rounds) {
    private ChannelRound middle() {
      return rounds.stream()
          .sorted(Comparator.comparingDouble(ChannelRound::perSecond))
          .toList()
          .get((rounds.size() - 1) / 2);
    }

    private long sum(ToLongFunction<ChannelRound> figure) {
      return rounds.stream().mapToLong(figure).sum();
    }

    private Map<String, Long> refusals() {
      Map<String, Long> all = new TreeMap<>();
      rounds.forEach(
          round -> round.refusals.forEach((why, many) -> all.merge(why, many, Long::sum)));
      return all;
    }

    Map<String, Object> toJson() {
      ChannelRound middle = middle();
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("contender", contender);
      figures.put("atOnce", atOnce);
      figures.put("asked", sum(ChannelRound::asked));
      figures.put("served", sum(ChannelRound::served));
      figures.put("refusals", refusals());
      figures.put("handlerRuns", sum(ChannelRound::handlerRuns));
      figures.put("sold", sum(ChannelRound::sold));
      figures.put("transactions", sum(ChannelRound::transactions));
      figures.put("perSecond", middle.perSecond());
      figures.put("cpuMillis", middle.each(middle.cpu));
      figures.put("cpuMillisDatabase", middle.each(middle.databaseCpu));
      return figures;
    }

    static String head() {
      return "%4s  %-9s %11s %8s %8s %4s %8s %8s %8s"
          .formatted("at", "who", "served", "handler", "sold", "tx", "median/s", "cpu ms", "db ms");
    }

    String row() {
      ChannelRound middle = middle();
      Map<String, Long> refusals = refusals();
      return "%4d  %-9s %5d/%-5d %8d %8d %4d %8.1f %8.3f %8.3f%s"
          .formatted(
              atOnce,
              contender,
              sum(ChannelRound::served),
              sum(ChannelRound::asked),
              sum(ChannelRound::handlerRuns),
              sum(ChannelRound::sold),
              sum(ChannelRound::transactions),
              middle.perSecond(),
              middle.each(middle.cpu),
              middle.each(middle.databaseCpu),
              refusals.isEmpty() ? "" : "  " + refusals);
    }
  }
}
