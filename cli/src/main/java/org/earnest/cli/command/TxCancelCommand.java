package org.earnest.cli.command;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
    name = "cancel",
    description = {
      "Give a transaction up: an empty one takes its nonce, at a higher fee.",
      "",
      "Whichever of the two is mined is the result; if it is the empty one, whoever asked",
      "is told that it is expired. What is in a block cannot be cancelled. Of a batch only",
      "the transaction is given up: what it carried goes on when it is asked for again."
    },
    mixinStandardHelpOptions = true)
final class TxCancelCommand extends TxOrder {
  private static final String BATCH = "batch:";

  @Override
  String order() {
    return "cancel";
  }

  @Override
  String done(JsonNode submission) {
    String carried =
        submission.path("key").asString("").startsWith(BATCH)
            ? " What it carried is not: once that is final, it goes on when it is asked for."
            : "";
    return "It is given up, unless an earlier attempt is mined first."
        + carried
        + " Look again with ./earnest tx show "
        + submission.path("id").asString("");
  }
}
