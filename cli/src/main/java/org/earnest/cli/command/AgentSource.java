package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** The house or indexer that knows the agents. */
final class AgentSource {
  private static final String LISTING = "./earnest agent list";

  @Mixin HouseAddress house = new HouseAddress();

  /**
   * An answer with its stamp.
   *
   * @param member that it must have
   * @throws StartupException with the code of its problem, {@code house_unreachable} or {@code
   *     not_an_indexer}
   */
  JsonNode get(String path, String member) {
    JsonNode answer = house.get(path, LISTING);
    if (!answer.has(member) || !answer.path("at").has("blockNumber")) {
      throw new StartupException(
          "not_an_indexer",
          "what answers there does not answer " + path + " as an indexer does",
          "Name the address of an ./earnest dev or ./earnest indexer with --url");
    }
    return answer;
  }

  static Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    return figures;
  }
}
