package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.cli.client.HouseStream;
import org.earnest.cli.client.Told;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The house or indexer that knows the agents. */
final class AgentSource {
  private static final String LISTING = "./earnest agent list";

  @Mixin HouseAddress house = new HouseAddress();

  @Option(
      names = "--chain",
      paramLabel = "NUMBER",
      description = "Which chain, where several are followed there: 8453.")
  private @Nullable Long chain;

  /**
   * An answer with its stamp.
   *
   * @param member that it must have
   * @throws StartupException with the code of its problem, {@code house_unreachable} or {@code
   *     not_an_indexer}
   */
  JsonNode get(String path, String member) {
    JsonNode answer = ask(path);
    if (!answer.has(member) || !answer.path("at").has("blockNumber")) {
      throw new StartupException(
          "not_an_indexer",
          "what answers there does not answer " + path + " as an indexer does",
          "Name the address of an ./earnest dev or ./earnest indexer with --url");
    }
    return answer;
  }

  /** An answer of any form; refusals likewise. */
  JsonNode ask(String path) {
    try {
      return house.get(at(path), LISTING);
    } catch (StartupException refusal) {
      throw explained(refusal);
    }
  }

  /** The changes from now on, or from an event on. */
  HouseStream stream(String path, Optional<String> after) {
    return house.stream(at(path), after);
  }

  /** What a stream ended with. */
  StartupException refusal(Told.Refused refused) {
    return explained(house.refusal(refused, LISTING));
  }

  private String at(String path) {
    return chain == null ? path : "/chains/" + chain + path;
  }

  private StartupException explained(StartupException refusal) {
    return chain != null && refusal.code().equals("route_not_found")
        ? new StartupException(
            "chain_not_followed",
            "there is no choice of chains there: one is followed, and each answer says which",
            "Leave --chain out",
            refusal)
        : refusal;
  }

  static Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    return figures;
  }
}
