package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "show",
    description = "Show one transaction and every state it had.",
    mixinStandardHelpOptions = true)
final class TxShowCommand extends Verb {
  @Mixin HouseAddress house = new HouseAddress();

  @Mixin TxId id = new TxId();

  @Override
  Map<String, ?> perform(Console console) {
    JsonNode found = house.get(id.path(spec));
    TxTable.one(found).forEach(console::say);
    return figures(found);
  }

  static Map<String, ?> figures(JsonNode submission) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("submission", submission);
    return figures;
  }
}
