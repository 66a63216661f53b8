package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Agents asked for by what their registration files say. */
class GraphqlFilesIT extends OnGraphql {
  @Test
  void findsAgentsByTheirFiles() throws Exception {
    JsonNode found =
        data(
                "query Mcp($trust: String!) { agentRegistrationFiles(where: {mcpEndpoint_not: null,"
                    + " active: true, supportedTrusts_contains: [$trust], name_contains_nocase: \"LING\"},"
                    + " first: 100, orderBy: createdAt, orderDirection: desc) { id agentId name description image"
                    + " active x402Support supportedTrusts mcpEndpoint mcpVersion mcpTools mcpPrompts"
                    + " mcpResources a2aSkills oasfDomains hasOASF ens did createdAt agent { id } } }",
                Map.of("trust", "reputation"))
            .path("agentRegistrationFiles");
    assertThat(found).hasSize(1);
    JsonNode file = found.get(0);
    assertThat(text(file, "name")).isEqualTo("Lingua");
    assertThat(file.path("mcpTools")).hasToString("[\"translate\",\"İzmir\",\"ΟΔΟΣ\"]");
    assertThat(text(file, "did")).isEqualTo("did:web:lingua.example");
    assertThat(file.path("ens").isNull()).isTrue();
    assertThat(file.at("/agent/id")).isEqualTo(file.path("id"));
    for (String where :
        List.of(
            "{registrationFile_: {mcpTools_contains_nocase: [\"TRANSLATE\"]}}",
            "{registrationFile_not: null}",
            "{or: [{registrationFile_: {name_starts_with: \"Ling\", hasOASF: false}}, {owner: \"0x00\"}]}",
            "{and: [{registrationFile_: {did_ends_with: \".example\"}}, {agentURIType_in: [\"data\"]}]}")) {
      assertThat(ids(data("{ agents(where: " + where + ") { id } }").path("agents")))
          .as(where)
          .containsExactly(text(file, "id"));
    }
    assertThat(
            data("{ feedbacks(where: {agent_: {registrationFile_not: null}}) { id } }")
                .path("feedbacks"))
        .isEmpty();
  }

  /**
   * Whatever leads there: parts of the name, of which there are none in two characters, or all
   * agents.
   */
  @Test
  void findsAgentsByPartsOfTheirNames() throws Exception {
    finds(
        lingua(),
        "name_contains_nocase: \"LINGUA\"",
        "name_contains_nocase: \"ngu\"",
        "name_contains_nocase: \"Gu\"",
        "name_contains_nocase: \"\"",
        "name_contains: \"ngu\"",
        "name_starts_with_nocase: \"lin\"",
        "name: \"Lingua\"");
    finds(
        List.of(),
        "name_contains_nocase: \"lingual\"",
        "name_contains_nocase: \"lin gua\"",
        "name_contains_nocase: \"zz\"",
        "name_starts_with_nocase: \"ingu\"",
        "name_contains_nocase: \"%\"",
        "name: \"lingua\"");
  }

  /** Whatever leads there: what it can do, its name besides, or all agents. */
  @Test
  void findsAgentsByWhatTheyCanDo() throws Exception {
    finds(
        lingua(),
        "mcpTools_contains: [\"translate\"]",
        "mcpTools_contains_nocase: [\"Translate\"]",
        "mcpTools_contains_nocase: [\"izmir\", \"οδοσ\"]",
        "mcpTools_contains_nocase: [\"İZMİR\", \"ΟΔΟΣ\"]",
        "mcpTools_contains: [\"translate\", \"translate\"]",
        "mcpTools_contains: [\"translate\"], name_contains_nocase: \"lingua\"",
        "mcpTools_contains: [\"translate\"], supportedTrusts_contains: [\"reputation\"]",
        "mcpTools_contains: [], active: true",
        "mcpTools_not_contains: [\"draw\"], name: \"Lingua\"");
    finds(
        List.of(),
        "mcpTools_contains: [\"Translate\"]",
        "mcpTools_contains: [\"translate\", \"draw\"]",
        "mcpTools_contains: [\"\"]",
        "mcpTools_contains: [\"%s\"]".formatted("t".repeat(101)),
        "mcpPrompts_contains: [\"translate\"]",
        "supportedTrusts_contains: [\"mcp\"]",
        "mcpTools_contains: [\"translate\"], name_contains_nocase: \"other\"");
  }

  private List<String> lingua() {
    return List.of(sandbox.chain.chainId().reference() + ":" + lingua);
  }

  private void finds(List<String> agents, String... files) throws Exception {
    for (String order : List.of("createdAt", "totalFeedback", "lastActivity")) {
      for (String file : files) {
        assertThat(saying(file, order)).as("%s by %s", file, order).isEqualTo(agents);
      }
    }
  }

  private List<String> saying(String file, String order) throws Exception {
    List<String> agents =
        ids(
            data("{ agents(where: {registrationFile_: {%s}}, orderBy: %s, orderDirection: desc) { id } }"
                    .formatted(file, order))
                .path("agents"));
    assertThat(
            ids(
                data("{ agentRegistrationFiles(where: {%s}) { id } }".formatted(file))
                    .path("agentRegistrationFiles")))
        .isEqualTo(agents);
    return agents;
  }
}
