package org.earnest.reputation.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.kit.http.ProblemException;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Caip10AccountId REGISTRY =
      Caip10AccountId.parse("eip155:31337:0x" + "1d".repeat(20));

  @Test
  void takesAnAgentByItsNumberAndByItsFullName() {
    assertThat(AgentParameter.parse("7", REGISTRY))
        .isEqualTo(AgentParameter.parse(REGISTRY + ":7", REGISTRY));
  }

  @Test
  void refusesWhatIsNoAgentByCode() {
    for (String text : Set.of("", "x", "0", "-1", "9".repeat(79), REGISTRY + ":", "1:2:3:4")) {
      assertThatThrownBy(() -> AgentParameter.parse(text, REGISTRY))
          .as(text)
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem().code()).isEqualTo("invalid_request"));
    }
    assertThatThrownBy(() -> AgentParameter.parse("eip155:1:0x" + "1d".repeat(20) + ":7", REGISTRY))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("registry_not_followed"));
  }

  @Test
  void refusesACursorThatItDidNotWrite() {
    String cursor = Cursor.write("agents:here", List.of("12"));
    assertThat(Cursor.read("agents:here", 1, cursor)).containsExactly("12");
    for (String wrong :
        List.of(
            "",
            "!",
            cursor + "AA",
            "x".repeat(600),
            Cursor.write("agents:there", List.of("1")),
            Cursor.write("agents:here", List.of("1", "2")),
            Cursor.write("agents:here", List.of("-1")))) {
      assertThatThrownBy(() -> Cursor.read("agents:here", 1, wrong))
          .as(wrong)
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem().code()).isEqualTo("invalid_cursor"));
    }
  }
}
