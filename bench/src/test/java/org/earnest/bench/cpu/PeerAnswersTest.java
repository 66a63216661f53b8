package org.earnest.bench.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PeerAnswersTest {
  private final PeerAnswers answers = new PeerAnswers();

  @Test
  void theMiddleOfAPeersRoundsCounts() {
    hear("{'verify': {'nimbus': {'micros': 30, 'bytes': 100}}}");
    hear("{'verify': {'nimbus': {'micros': 10, 'bytes': 300}}}");
    hear("{'verify': {'nimbus': {'micros': 20, 'bytes': 200}}}");
    assertThat(answers.to("verify"))
        .containsOnlyKeys("nimbus")
        .containsEntry("nimbus", new PeerFigure(20, OptionalDouble.of(200)));
  }

  @Test
  void severalProgramsAnswerTheSameQuestion() {
    hear("{'issue': {'did-jwt-vc': {'micros': 400}}, 'jcs': {'digitalbazaar/vc': {'micros': 5}}}");
    hear("{'issue': {'nimbus': {'micros': 100, 'bytes': 9}}}");
    hear("{'issue': {'did-jwt-vc': {'micros': 400}}, 'jcs': {'digitalbazaar/vc': {'micros': 5}}}");
    hear("{'issue': {'nimbus': {'micros': 100, 'bytes': 9}}}");
    assertThat(answers.to("issue").entrySet())
        .extracting(entry -> entry.getKey() + " " + entry.getValue().beside(200))
        .containsExactly("did-jwt-vc 400.00 (x2.0)", "nimbus 100.00 (x0.5) 9 bytes");
    assertThat(answers.to("jcs")).containsOnlyKeys("digitalbazaar/vc");
  }

  @Test
  void whatNobodyWasAskedHasNoFigure() {
    hear("{'issue': {}}");
    assertThat(answers.to("issue")).isEmpty();
    assertThat(answers.to("verify")).isEmpty();
  }

  private void hear(String round) {
    answers.add(JsonMapper.shared().readTree(round.replace('\'', '"')));
  }
}
