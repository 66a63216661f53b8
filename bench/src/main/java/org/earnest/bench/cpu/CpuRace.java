package org.earnest.bench.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.earnest.bench.cpu.CpuTask.Figure;
import tools.jackson.databind.JsonNode;

/** Ours and the peers are given the same work, in turns; the middle round counts. */
public final class CpuRace {
  private final CpuPlan plan;
  private final List<CpuTask> tasks;
  private final Optional<NodePeers> peers;
  private final Consumer<String> say;

  public CpuRace(
      CpuPlan plan, List<CpuTask> tasks, Optional<NodePeers> peers, Consumer<String> say) {
    this.plan = plan;
    this.tasks = List.copyOf(tasks);
    this.peers = peers;
    this.say = say;
  }

  /** The figures by name; {@code ok} is true, as a wrong answer ends the run. */
  public Map<String, Object> run() {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    Map<String, Map<String, List<Double>>> theirs = new LinkedHashMap<>();
    tasks.forEach(task -> task.measure(plan.warmUp()));
    for (int round = 0; round < plan.rounds(); round++) {
      for (CpuTask task : tasks) {
        figures
            .computeIfAbsent(task.name(), any -> new ArrayList<>())
            .add(task.measure(plan.round()));
      }
      peers.ifPresent(npm -> note(npm.round(plan), theirs));
    }
    say.accept("CPU microseconds for each, middle of " + plan.rounds() + " (least, most)");
    List<Map<String, Object>> questions =
        tasks.stream()
            .map(
                each ->
                    row(
                        each,
                        figures.getOrDefault(each.name(), List.of()),
                        theirs.getOrDefault(each.name(), Map.of())))
            .toList();
    long missed = questions.stream().filter(row -> Boolean.TRUE.equals(row.get("missed"))).count();
    return Map.of("ok", true, "missed", missed, "questions", questions);
  }

  private static void note(JsonNode round, Map<String, Map<String, List<Double>>> theirs) {
    round
        .properties()
        .forEach(
            question ->
                question
                    .getValue()
                    .properties()
                    .forEach(
                        peer ->
                            theirs
                                .computeIfAbsent(question.getKey(), any -> new LinkedHashMap<>())
                                .computeIfAbsent(peer.getKey(), any -> new ArrayList<>())
                                .add(peer.getValue().doubleValue())));
  }

  private Map<String, Object> row(
      CpuTask question, List<Figure> figures, Map<String, List<Double>> theirs) {
    List<Double> micros = figures.stream().map(Figure::micros).sorted().toList();
    double middle = middle(micros);
    double bytes = middle(figures.stream().map(Figure::bytes).toList());
    boolean missed = question.target().isPresent() && middle > question.target().getAsDouble();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("question", question.name());
    row.put("micros", middle);
    row.put("leastMicros", micros.getFirst());
    row.put("mostMicros", micros.getLast());
    row.put("bytes", bytes);
    question.target().ifPresent(target -> row.put("target", target));
    row.put("missed", missed);
    Map<String, Double> peerMicros = new LinkedHashMap<>();
    theirs.forEach((peer, all) -> peerMicros.put(peer, middle(all)));
    row.put("peers", peerMicros);
    say.accept(
        String.format(
            Locale.ROOT,
            "%-34s %8.2f (%.2f, %.2f)  %6.0f bytes%s%s  %s",
            question.name(),
            middle,
            micros.getFirst(),
            micros.getLast(),
            bytes,
            question.target().isPresent()
                ? String.format(Locale.ROOT, "  target %.0f", question.target().getAsDouble())
                : "",
            missed ? " MISSED" : "",
            peerMicros.entrySet().stream()
                .map(
                    peer ->
                        String.format(
                            Locale.ROOT,
                            "%s %.2f (x%.1f)",
                            peer.getKey(),
                            peer.getValue(),
                            peer.getValue() / middle))
                .collect(Collectors.joining(", "))));
    return row;
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }
}
