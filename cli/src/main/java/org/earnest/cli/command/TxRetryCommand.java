package org.earnest.cli.command;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
    name = "retry",
    description = {
      "Look at a transaction now: record what was mined, send again what was not.",
      "",
      "The same bytes are sent, or the same request with its nonce and higher fees, if the",
      "chain asks for more. Nothing can be done twice by it."
    },
    mixinStandardHelpOptions = true)
final class TxRetryCommand extends TxOrder {
  @Override
  String order() {
    return "retry";
  }

  @Override
  String done(JsonNode submission) {
    return submission.path("open").asBoolean()
        ? "It was sent again, and waits to be mined."
        : "It is in a block: nothing more has to be done about it.";
  }
}
