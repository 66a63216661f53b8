package org.earnest.did.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.earnest.did.agent.AgentLink;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AgentBindingSchemaTest {
  @Test
  void namesEveryLink() throws Exception {
    try (InputStream file =
        AgentBindingSchemaTest.class.getResourceAsStream("agent-binding.json")) {
      JsonNode schema = StrictJson.mapper().readTree(Objects.requireNonNull(file).readAllBytes());
      List<String> named =
          schema
              .at("/components/schemas/AgentLink/properties/link/enum")
              .valueStream()
              .map(JsonNode::asString)
              .toList();
      assertThat(named)
          .containsExactlyElementsOf(
              Arrays.stream(AgentLink.values()).map(AgentLink::code).toList());
    }
  }
}
