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
    return switch (submission.path("state").asString("")) {
      case "broadcast" -> "A node has taken it: it waits to be mined.";
      case "mined" -> "It is in a block: nothing more has to be done about it.";
      case "final" -> "Its block is final: nothing more can be done about it.";
      case "reverted" -> "It is in a block, and failed there: `earnest tx show` has the reason.";
      case "expired" -> "It was given up: an empty transaction took its nonce.";
      case "replaced" ->
          "It was not done: a transaction from elsewhere took its nonce. Ask for it anew.";
      case "prepared" ->
          "It has a nonce and no signature yet: it is signed when its signer answers.";
      default ->
          "No node took it yet, and the log has the reason: it is sent again every few seconds.";
    };
  }
}
