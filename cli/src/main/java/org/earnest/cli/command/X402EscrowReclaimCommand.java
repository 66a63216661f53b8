package org.earnest.cli.command;

import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "reclaim",
    description = {
      "As the buyer: take back what was not captured in time.",
    },
    mixinStandardHelpOptions = true)
final class X402EscrowReclaimCommand extends EscrowVerb {
  @Override
  Map<String, ?> take(Step step) {
    return step.book().reclaim(step.paid(), step.signer(), step.transactions());
  }
}
