package org.earnest.bench.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * What peers answered in all rounds. An answer has {@code micros}, of the processor for one
 * operation, and {@code bytes} allocated where the peer can tell, by question and peer.
 */
final class PeerAnswers {
  private final Map<String, Map<String, List<JsonNode>>> answers = new LinkedHashMap<>();

  /** Takes in a round of some of them. */
  void add(JsonNode round) {
    round
        .properties()
        .forEach(
            question -> {
              var peers = answers.computeIfAbsent(question.getKey(), any -> new LinkedHashMap<>());
              question
                  .getValue()
                  .properties()
                  .forEach(
                      peer ->
                          peers
                              .computeIfAbsent(peer.getKey(), any -> new ArrayList<>())
                              .add(peer.getValue()));
            });
  }

  /** The middle of the rounds, by peer, in the order in which they first answered. */
  Map<String, PeerFigure> to(String question) {
    Map<String, PeerFigure> figures = new LinkedHashMap<>();
    answers
        .getOrDefault(question, Map.of())
        .forEach(
            (peer, rounds) ->
                figures.put(
                    peer,
                    new PeerFigure(
                        middle(rounds, "micros").orElseThrow(), middle(rounds, "bytes"))));
    return figures;
  }

  private static OptionalDouble middle(List<JsonNode> rounds, String name) {
    List<Double> values =
        rounds.stream()
            .filter(round -> round.has(name))
            .map(round -> round.get(name).doubleValue())
            .toList();
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Middle.of(values));
  }
}
