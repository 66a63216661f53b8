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
    name = "feedback",
    description = "Show what clients said of an agent, the oldest first unless said.",
    mixinStandardHelpOptions = true)
final class AgentFeedbackCommand extends Verb {
  @Mixin AgentSource source = new AgentSource();

  @Mixin AgentName name = new AgentName();

  @Mixin PageOptions pages = new PageOptions();

  @Option(names = "--client", paramLabel = "ADDRESS", description = "Only by this client.")
  private @Nullable String client;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only with this as its first or second tag.")
  private @Nullable String tag;

  @Option(
      names = "--revoked",
      paramLabel = "BOOLEAN",
      description = "true: only what was revoked; false: only what was not.")
  private @Nullable String revoked;

  @Option(names = "--min-value", paramLabel = "NUMBER", description = "Only of this value or more.")
  private @Nullable String minValue;

  @Option(names = "--max-value", paramLabel = "NUMBER", description = "Only of this value or less.")
  private @Nullable String maxValue;

  @Option(
      names = "--from",
      paramLabel = "SECONDS",
      description = "Only given at this time or later, in seconds since 1970.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "SECONDS", description = "Only given before this time.")
  private @Nullable String to;

  @Option(names = "--sort", paramLabel = "BY", description = "time or value.")
  private @Nullable String sort;

  @Option(names = "--order", paramLabel = "WAY", description = "asc, unless said, or desc.")
  private @Nullable String order;

  @Override
  Map<String, ?> perform(Console console) {
    List<JsonNode> entries = new ArrayList<>();
    String path = name.path(spec) + "/feedback";
    JsonNode last =
        pages.read(
            path,
            parameters(),
            asked -> source.get(asked, "feedback"),
            page -> {
              if (entries.isEmpty()) {
                console.say(AgentTable.feedbackHeading());
              }
              page.path("feedback").forEach(entries::add);
              page.path("feedback").forEach(entry -> console.say(AgentTable.feedbackRow(entry)));
            });
    AgentTable.end(entries.size(), last).forEach(console::say);
    Map<String, Object> figures = AgentSource.figures();
    figures.put("feedback", entries);
    Optional.ofNullable(last.get("next")).ifPresent(next -> figures.put("next", next));
    figures.put("at", last.path("at"));
    return figures;
  }

  private Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("client", Optional.ofNullable(client));
    parameters.put("tag", Optional.ofNullable(tag));
    parameters.put("revoked", Optional.ofNullable(revoked));
    parameters.put("minValue", Optional.ofNullable(minValue));
    parameters.put("maxValue", Optional.ofNullable(maxValue));
    parameters.put("from", Optional.ofNullable(from));
    parameters.put("to", Optional.ofNullable(to));
    parameters.put("sort", Optional.ofNullable(sort));
    parameters.put("order", Optional.ofNullable(order));
    return parameters;
  }
}
