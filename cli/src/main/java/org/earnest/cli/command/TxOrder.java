package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.kit.submission.OperatorToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What only a house's operator may ask for. */
abstract class TxOrder extends Verb {
  @Mixin HouseAddress house = new HouseAddress();

  @Mixin TxId id = new TxId();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The house's state directory, where its operator's token is; by default it is .earnest/dev"
              + " in Earnest's folder.")
  private @Nullable Path state;

  /** The last part of the path. */
  abstract String order();

  /** What it means that it was done, for a person. */
  abstract String done(JsonNode submission);

  @Override
  final Map<String, ?> perform(Console console) {
    String path = id.path(spec) + "/" + order();
    OperatorToken token = OperatorToken.read(state != null ? state : HostOptions.defaultState());
    JsonNode now = house.post(path, token);
    TxTable.one(now).forEach(console::say);
    console.say("");
    console.say(done(now));
    return TxShowCommand.figures(now);
  }
}
