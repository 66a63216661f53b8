package org.earnest.reputation.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.deal.TermsLimits;
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
    for (String text : Set.of("", "x", "-1", "9".repeat(79), REGISTRY + ":", "1:2:3:4")) {
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
  void takesATagByItsBytesAndByItsName() {
    assertThat(Tag.parse("earnest.client").settled()).isEqualTo(TermsLimits.CLIENT_TAG);
    assertThat(Tag.parse(TermsLimits.CLIENT_TAG.hex()).settled()).isEqualTo(TermsLimits.CLIENT_TAG);
    for (String text : Set.of("", "0x12", "x".repeat(257), "0x" + "D0".repeat(32))) {
      assertThatThrownBy(() -> Tag.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
