package org.earnest.cli.command;

import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "release",
    description = {
      "As the buyer: let the seller have the money at once, frozen or not.",
    },
    mixinStandardHelpOptions = true)
final class X402EscrowReleaseCommand extends EscrowVerb {
  @Override
  Map<String, ?> take(Step step) {
    return step.book().release(step.paid(), step.signer(), step.transactions());
  }
}
