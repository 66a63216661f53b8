package org.earnest.cli.command;

import static org.earnest.cli.command.Cells.printable;
import static org.earnest.cli.command.Cells.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "verify",
    description = {
      "Prove that an agent, its file, its DID and its accounts belong together.",
      "",
      "Each link is looked at from both ends, and a table says which ones hold and what",
      "to do about the others. Exit code 0 only where all of them do."
    },
    mixinStandardHelpOptions = true)
final class AgentVerifyCommand extends Verb {
  private static final String ROW = "  %-20s %-13s %s";
  private static final int DETAIL_WIDTH = 200;

  @Mixin AgentSource source = new AgentSource();

  @Mixin AgentName name = new AgentName();

  @Option(
      names = "--did",
      paramLabel = "DID",
      description = "The DID that it should have. Default: the first that its file names.")
  private @Nullable String did;

  @Override
  Map<String, ?> perform(Console console) {
    String query = did == null ? "" : "?did=" + URLEncoder.encode(did, StandardCharsets.UTF_8);
    JsonNode report = source.ask(name.path(spec) + "/binding" + query);
    if (!report.path("links").isArray()) {
      throw new StartupException(
          "not_a_verifier",
          "what answers there does not verify agents",
          "Name the address of an ./earnest dev or ./earnest indexer with --url");
    }
    say(console, report);
    boolean proven = report.path("proven").asBoolean(false);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", proven);
    if (!proven) {
      figures.put("code", "agent_not_proven");
    }
    report.properties().forEach(member -> figures.put(member.getKey(), member.getValue()));
    return figures;
  }

  private static void say(Console console, JsonNode report) {
    for (String member : new String[] {"agentId", "owner", "wallet", "uri", "did"}) {
      console.say(
          "  %-8s %s"
              .formatted(
                  member.equals("agentId") ? "agent" : member,
                  report.has(member) ? printable(text(report, member), DETAIL_WIDTH) : "-"));
    }
    console.say("");
    console.say(ROW.formatted("LINK", "STATE", "WHY"));
    for (JsonNode link : report.path("links")) {
      console.say(
          ROW.formatted(
              printable(text(link, "link")),
              printable(text(link, "state")),
              printable(text(link, "detail"), DETAIL_WIDTH)));
      if (link.has("remedy")) {
        console.say(ROW.formatted("", "", "-> " + printable(text(link, "remedy"))));
      }
    }
    console.say("");
    if (report.path("reorganised").asBoolean(false)) {
      console.say("The block below was taken back meanwhile. Ask again.");
    }
    console.say(
        "%s at block %s."
            .formatted(
                report.path("proven").asBoolean(false)
                    ? "All belong together"
                    : "It is not proven that they belong together",
                printable(report.path("block").path("number").asString("?"))));
  }
}
