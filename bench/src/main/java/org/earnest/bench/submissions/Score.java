package org.earnest.bench.submissions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** A contender's rounds of one kind. */
record Score(String contender, Pace pace, int concurrency, List<Round> rounds) {
  private static final double TENTH = 10;
  private static final double THOUSANDTH = 1000;

  /** Whether it answers for Earnest; what peers lose is shown, and no failure of ours. */
  boolean isOurs() {
    return contender.equals(Engine.NAME);
  }

  boolean isClean() {
    return rounds.stream().allMatch(Round::isClean);
  }

  boolean isOnce() {
    return rounds.stream().allMatch(Round::isOnce);
  }

  private long sum(ToDoubleFunction<Round> figure) {
    return Math.round(rounds.stream().mapToDouble(figure).sum());
  }

  private List<Round> slowestFirst() {
    return rounds.stream().sorted(Comparator.comparingDouble(Round::perSecond)).toList();
  }

  /** The round in the middle by its speed; of two, the slower. */
  private Round middle() {
    return slowestFirst().get((rounds.size() - 1) / 2);
  }

  double perSecond() {
    return middle().perSecond();
  }

  Map<String, Object> figures() {
    Round middle = middle();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("contender", contender);
    figures.put("pace", pace.toString());
    figures.put("concurrency", concurrency);
    figures.put("rounds", rounds.size());
    figures.put("asked", sum(Round::asked));
    figures.put("succeeded", sum(Round::succeeded));
    figures.put("mined", sum(Round::mined));
    figures.put("transactions", sum(Round::transactions));
    figures.put("perSecondMin", rounded(slowestFirst().getFirst().perSecond(), TENTH));
    figures.put("perSecond", rounded(middle.perSecond(), TENTH));
    figures.put("perSecondMax", rounded(slowestFirst().getLast().perSecond(), TENTH));
    figures.put("latencyMillis", rounded(middle.latencyMillis(), TENTH));
    figures.put("cpuMillisOwn", rounded(middle.ownMillis(), THOUSANDTH));
    figures.put("cpuMillisChain", rounded(middle.chainMillis(), THOUSANDTH));
    figures.put("cpuMillisDatabase", rounded(middle.databaseMillis(), THOUSANDTH));
    figures.put("cpuMillisPeer", rounded(middle.peerMillis(), THOUSANDTH));
    return figures;
  }

  /**
   * @param limit empty where there is none to compare with
   */
  String row(Optional<Score> limit) {
    Round middle = middle();
    return "%-9s %4d  %-9s %5d/%d %5d %8.1f %8.1f %8.1f %6s %9.2f %7.2f %7.2f %7.2f %7.2f"
        .formatted(
            pace.toString().replace(" blocks", ""),
            concurrency,
            contender,
            sum(Round::succeeded),
            sum(Round::asked),
            sum(Round::transactions),
            slowestFirst().getFirst().perSecond(),
            middle.perSecond(),
            slowestFirst().getLast().perSecond(),
            limit.map(this::percentOf).orElse(""),
            middle.latencyMillis(),
            middle.ownMillis(),
            middle.chainMillis(),
            middle.databaseMillis(),
            middle.peerMillis());
  }

  private String percentOf(Score limit) {
    return Math.round(100 * perSecond() / limit.perSecond()) + "%";
  }

  static String head() {
    return "%-9s %4s  %-9s %9s %5s %8s %8s %8s %6s %9s %7s %7s %7s %7s"
        .formatted(
            "blocks",
            "at",
            "who",
            "succeeded",
            "tx",
            "min/s",
            "median/s",
            "max/s",
            "limit",
            "wait ms",
            "own",
            "chain",
            "db",
            "node");
  }

  /** Where the callers' time went in the middle round, per submission. */
  List<String> callRows() {
    Round middle = middle();
    long[] rest = {middle.waited()};
    Map<String, Tally.Sum> calls = new TreeMap<>(middle.calls());
    List<String> rows = new ArrayList<>();
    calls.forEach(
        (kind, sum) -> {
          rest[0] -= kind.startsWith(Tally.BACKGROUND) ? 0 : sum.nanos();
          rows.add(
              "  %-34s %6.2f calls %8.3f ms"
                  .formatted(
                      kind, (double) sum.calls() / middle.asked(), middle.each(sum.nanos())));
        });
    rows.add("  %-34s %12s %8.3f ms".formatted("own work and waiting", "", middle.each(rest[0])));
    return rows;
  }

  Map<String, Object> callFigures() {
    Round middle = middle();
    Map<String, Object> figures = new TreeMap<>();
    middle
        .calls()
        .forEach(
            (kind, sum) ->
                figures.put(
                    kind,
                    Map.of(
                        "calls",
                        rounded((double) sum.calls() / middle.asked(), THOUSANDTH),
                        "millis",
                        rounded(middle.each(sum.nanos()), THOUSANDTH))));
    return figures;
  }

  private static double rounded(double value, double unit) {
    return Math.round(value * unit) / unit;
  }
}
