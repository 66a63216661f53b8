package org.earnest.cli.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "list",
    description = "Show transactions, the last changed first.",
    mixinStandardHelpOptions = true)
final class TxListCommand extends Verb {
  @Mixin HouseAddress house = new HouseAddress();

  @Option(
      names = "--open",
      description = "Only those that somebody still has to do something about.")
  private boolean open;

  @Option(
      names = "--in",
      paramLabel = "STATE",
      description = "Only those in this state, such as broadcast. May be repeated.")
  private List<String> states = new ArrayList<>();

  @Option(names = "--signer", paramLabel = "ADDRESS", description = "Only those of this account.")
  private @Nullable String signer;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, up to 200. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where an earlier list ended.")
  private @Nullable String cursor;

  @Override
  Map<String, ?> perform(Console console) {
    JsonNode page = house.get("/submissions?" + query());
    TxTable.list(page).forEach(console::say);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("submissions", page.path("submissions"));
    if (page.has("next")) {
      figures.put("next", page.path("next"));
    }
    return figures;
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    parts.add("limit=" + limit);
    if (open) {
      parts.add("open=true");
    }
    states.forEach(state -> parts.add("state=" + encoded(state)));
    if (signer != null) {
      parts.add("signer=" + encoded(signer));
    }
    if (cursor != null) {
      parts.add("cursor=" + encoded(cursor));
    }
    return String.join("&", parts);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
