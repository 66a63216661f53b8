package org.earnest.bench.reads;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.kit.json.StrictJson;

/** What a client of the agent0 subgraph asks, in the shapes in which that project's SDK asks it. */
final class GraphqlQuestions {
  private static final String FILE =
      " registrationFile { id agentId name description image active x402Support supportedTrusts"
          + " mcpEndpoint mcpVersion a2aEndpoint a2aVersion webEndpoint emailEndpoint hasOASF"
          + " oasfSkills oasfDomains ens did mcpTools mcpPrompts mcpResources a2aSkills }";
  private static final String AGENT =
      " id chainId agentId owner agentURI agentURIType agentWallet createdAt updatedAt"
          + " totalFeedback lastActivity"
          + FILE;
  private static final String AGENTS =
      "query Agents($where: Agent_filter, $orderBy: Agent_orderBy) { agents(where: $where,"
          + " first: 20, orderBy: $orderBy, orderDirection: desc) {"
          + AGENT
          + " } }";
  private static final String FEEDBACK =
      "query Feedback($where: Feedback_filter) { feedbacks(where: $where, first: 20,"
          + " orderBy: createdAt, orderDirection: desc) { id agent { id agentId chainId }"
          + " clientAddress value tag1 tag2 endpoint feedbackURI feedbackURIType feedbackHash"
          + " isRevoked createdAt revokedAt feedbackFile { id feedbackId proofOfPaymentTxHash }"
          + " responses { id responder responseUri responseHash createdAt } } }";

  private GraphqlQuestions() {}

  static List<Question> all() {
    return List.of(
        question(
            "agent(id)",
            "query Agent($id: ID!) { agent(id: $id) {" + AGENT + " } }",
            keys -> Map.of("id", keys.graphqlAgent())),
        agents("agents, orderBy: createdAt", "createdAt", keys -> Map.of()),
        agents("agents, orderBy: totalFeedback", "totalFeedback", keys -> Map.of()),
        agents("agents, orderBy: lastActivity", "lastActivity", keys -> Map.of()),
        agents(
            "agents with an MCP endpoint, active",
            "createdAt",
            keys ->
                Map.of("registrationFile_", Map.of("active", true, "mcpEndpoint_not", "nothing"))),
        agents(
            "agents by part of a name",
            "createdAt",
            keys -> Map.of("registrationFile_", Map.of("name_contains_nocase", keys.namePart()))),
        agents(
            "agents by a tool",
            "createdAt",
            keys -> Map.of("registrationFile_", Map.of("mcpTools_contains", List.of(keys.tool())))),
        agents("agents of an owner", "createdAt", keys -> Map.of("owner", keys.owner())),
        question(
            "feedbacks of an agent",
            FEEDBACK,
            keys ->
                Map.of(
                    "where", Map.of("agent_in", List.of(keys.graphqlAgent()), "isRevoked", false))),
        question(
            "feedbacks under a tag",
            FEEDBACK,
            keys ->
                Map.of(
                    "where",
                    Map.of(
                        "or", List.of(Map.of("tag1", keys.tag()), Map.of("tag2", keys.tag()))))));
  }

  private static Question agents(
      String name, String orderBy, Function<Keys, Map<String, Object>> where) {
    return question(name, AGENTS, keys -> Map.of("where", where.apply(keys), "orderBy", orderBy));
  }

  private static Question question(
      String name, String query, Function<Keys, Map<String, Object>> variables) {
    return new Question(
        "/graphql: " + name,
        keys -> "/graphql",
        Optional.of(
            keys ->
                StrictJson.mapper()
                    .writeValueAsString(
                        Map.of("query", query, "variables", variables.apply(keys)))));
  }
}
