package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.cli.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "list",
    description = "Show agents and what they are found by.",
    mixinStandardHelpOptions = true)
final class AgentListCommand extends Verb {
  @Mixin AgentSource source = new AgentSource();

  @Mixin PageOptions pages = new PageOptions();

  @Option(names = "--owner", paramLabel = "ADDRESS", description = "Only of this owner.")
  private @Nullable String owner;

  @Option(names = "--wallet", paramLabel = "ADDRESS", description = "Only with this wallet.")
  private @Nullable String wallet;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only what was settled or said under this tag: a name, or 0x and 64 digits.")
  private @Nullable String tag;

  @Option(
      names = "--token",
      paramLabel = "ADDRESS",
      description = "Only who settled something in this token, and only that.")
  private @Nullable String token;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      description = "registered, active, feedback, volume or rating; the last two need --token.")
  private @Nullable String sort;

  @Option(names = "--order", paramLabel = "WAY", description = "asc or desc.")
  private @Nullable String order;

  @Override
  Map<String, ?> perform(Console console) {
    List<JsonNode> agents = new ArrayList<>();
    JsonNode last =
        pages.read(
            "/agents",
            parameters(),
            path -> source.get(path, "agents"),
            page -> {
              if (agents.isEmpty()) {
                console.say(AgentTable.agentHeading());
              }
              page.path("agents").forEach(agents::add);
              page.path("agents").forEach(agent -> console.say(AgentTable.agentRow(agent)));
            });
    AgentTable.end(agents.size(), last).forEach(console::say);
    Map<String, Object> figures = AgentSource.figures();
    figures.put("agents", agents);
    Optional.ofNullable(last.get("next")).ifPresent(next -> figures.put("next", next));
    figures.put("at", last.path("at"));
    return figures;
  }

  private Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("owner", Optional.ofNullable(owner));
    parameters.put("wallet", Optional.ofNullable(wallet));
    parameters.put("tag", Optional.ofNullable(tag));
    parameters.put("token", Optional.ofNullable(token));
    parameters.put("sort", Optional.ofNullable(sort));
    parameters.put("order", Optional.ofNullable(order));
    return parameters;
  }
}
