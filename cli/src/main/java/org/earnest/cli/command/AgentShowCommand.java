package org.earnest.cli.command;

import java.util.Map;
import org.earnest.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "show",
    description = "Show one agent, what it settled and what was said of it.",
    mixinStandardHelpOptions = true)
final class AgentShowCommand extends Verb {
  @Mixin AgentSource source = new AgentSource();

  @Mixin AgentName name = new AgentName();

  @Override
  Map<String, ?> perform(Console console) {
    String path = name.path(spec);
    JsonNode agent = source.get(path, "agent");
    JsonNode reputation = source.get(path + "/reputation", "feedback");
    AgentTable.one(agent.path("agent"), reputation).forEach(console::say);
    Map<String, Object> figures = AgentSource.figures();
    figures.put("agent", agent.path("agent"));
    figures.put("reputation", reputation);
    figures.put("at", reputation.path("at"));
    return figures;
  }
}
