package org.earnest.bench.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.earnest.bench.cpu.CpuTask.Figure;

/** Ours and the peers are given the same work, in turns; the middle round counts. */
public final class CpuRace {
  private final CpuPlan plan;
  private final List<CpuTask> tasks;
  private final List<PeerProgram> peers;
  private final Consumer<String> say;

  /**
   * A race.
   *
   * @param peers in whose turn they are asked; none to run alone
   */
  public CpuRace(CpuPlan plan, List<CpuTask> tasks, List<PeerProgram> peers, Consumer<String> say) {
    this.plan = plan;
    this.tasks = List.copyOf(tasks);
    this.peers = List.copyOf(peers);
    this.say = say;
  }

  /** The figures by name; {@code ok} is true, as a wrong answer ends the run. */
  public Map<String, Object> run() {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    PeerAnswers answers = new PeerAnswers();
    tasks.forEach(task -> task.measure(plan.warmUp()));
    for (int round = 0; round < plan.rounds(); round++) {
      for (CpuTask task : tasks) {
        figures
            .computeIfAbsent(task.name(), any -> new ArrayList<>())
            .add(task.measure(plan.round()));
      }
      peers.forEach(peer -> answers.add(peer.round(plan)));
    }
    say.accept("CPU microseconds for each, middle of " + plan.rounds() + " (least, most)");
    List<Map<String, Object>> questions =
        tasks.stream()
            .map(
                each ->
                    row(
                        each,
                        figures.getOrDefault(each.name(), List.of()),
                        answers.to(each.name())))
            .toList();
    long missed = questions.stream().filter(row -> Boolean.TRUE.equals(row.get("missed"))).count();
    return Map.of("ok", true, "missed", missed, "questions", questions);
  }

  private Map<String, Object> row(
      CpuTask question, List<Figure> figures, Map<String, PeerFigure> peerFigures) {
    List<Double> micros = figures.stream().map(Figure::micros).sorted().toList();
    double middle = Middle.of(micros);
    double bytes = Middle.of(figures.stream().map(Figure::bytes).toList());
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
    Map<String, Double> peerBytes = new LinkedHashMap<>();
    peerFigures.forEach(
        (peer, figure) -> {
          peerMicros.put(peer, figure.micros());
          figure.bytes().ifPresent(allocated -> peerBytes.put(peer, allocated));
        });
    row.put("peers", peerMicros);
    row.put("peerBytes", peerBytes);
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
            peerFigures.entrySet().stream()
                .map(peer -> peer.getKey() + " " + peer.getValue().beside(middle))
                .collect(Collectors.joining(", "))));
    return row;
  }
}
