package org.earnest.cli.command;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
    name = "retry",
    description = {
      "Look at a transaction now: record what was mined, send again what was lost.",
      "",
      "The same bytes are sent, and nothing can be done twice by it."
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
        ? "It waits to be mined; whatever the node had lost was sent again."
        : "Nothing more has to be done about it.";
  }
}
