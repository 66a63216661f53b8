package org.earnest.bench.submissions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the engine beside the limit of the chain, in one run. */
public final class SubmissionBench {
  private static final int WARM_UP_CONCURRENCY = 8;

  private final Ground ground;
  private final BenchPlan plan;
  private final Consumer<String> say;

  public SubmissionBench(Ground ground, BenchPlan plan, Consumer<String> say) {
    this.ground = ground;
    this.plan = plan;
    this.say = say;
  }

  /** Runs it; {@code ok} unless something was not sent, or was sent twice. */
  public Map<String, Object> run() {
    try (Contender engine = new Engine(ground);
        Contender web3j = new Web3jFast(ground);
        Contender limit = new RawPush(ground)) {
      List<Contender> contenders = List.of(engine, web3j, limit);
      warmUp(contenders);
      say.accept(Score.head());
      List<Score> scores = new ArrayList<>();
      for (Pace pace : plan.paces()) {
        for (int concurrency : plan.concurrencies()) {
          scores.addAll(measure(contenders, pace, concurrency));
        }
      }
      return figures(scores);
    }
  }

  private void warmUp(List<Contender> contenders) {
    Race race = new Race(ground);
    for (Contender contender : contenders) {
      if (plan.warmUp() > 0) {
        race.run(contender, Pace.parse("automine"), plan.warmUp(), WARM_UP_CONCURRENCY);
      }
    }
  }

  /** Rounds in turn, so that what slows the machine slows all. The last contender is the limit. */
  private List<Score> measure(List<Contender> contenders, Pace pace, int concurrency) {
    Race race = new Race(ground);
    Map<Contender, List<Round>> rounds = new LinkedHashMap<>();
    for (int round = 0; round < plan.rounds(); round++) {
      for (Contender contender : contenders) {
        rounds
            .computeIfAbsent(contender, unseen -> new ArrayList<>())
            .add(race.run(contender, pace, plan.count(pace, concurrency), concurrency));
      }
    }
    List<Score> scores = new ArrayList<>();
    rounds.forEach(
        (contender, all) -> scores.add(new Score(contender.name(), pace, concurrency, all)));
    scores.forEach(score -> say.accept(score.row(Optional.of(scores.getLast()))));
    scores.getFirst().callRows().forEach(say);
    return scores;
  }

  private Map<String, Object> figures(List<Score> scores) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", scores.stream().filter(Score::isOurs).allMatch(Score::isClean));
    figures.put("count", plan.count());
    figures.put("warmUp", plan.warmUp());
    figures.put("scores", scores.stream().map(SubmissionBench::figures).toList());
    return figures;
  }

  private static Map<String, Object> figures(Score score) {
    Map<String, Object> figures = score.figures();
    figures.put("calls", score.callFigures());
    return figures;
  }
}
