package org.earnest.reputation.edge;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;

/** An agent as a path names it: {@code eip155:CHAIN:REGISTRY:ID}, or the id alone. */
final class AgentParameter {
  private static final Pattern PLAIN = Pattern.compile("[0-9]{1,78}");

  private AgentParameter() {}

  /** The chain of an agent that is named in full. */
  static Optional<Caip2ChainId> chain(String text) {
    return PLAIN.matcher(text).matches()
        ? Optional.empty()
        : Optional.of(
            Requests.parse("path parameter agentId", () -> AgentId.parse(text)).registry().chain());
  }

  static AgentId parse(String text, Caip10AccountId registry) {
    AgentId agent =
        Requests.parse(
            "path parameter agentId",
            () ->
                PLAIN.matcher(text).matches()
                    ? new AgentId(registry, new BigInteger(text))
                    : AgentId.parse(text));
    if (!agent.registry().equals(registry)) {
      throw Problem.notFound(
              "registry_not_followed",
              "This indexer follows the registry " + registry + " and no other.")
          .asException();
    }
    return agent;
  }
}
