package org.earnest.cli.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "rule",
    description = {"As the arbiter: divide what was frozen between seller and buyer."},
    mixinStandardHelpOptions = true)
final class X402EscrowRuleCommand extends EscrowVerb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--to-seller",
      required = true,
      paramLabel = "AMOUNT",
      description = "What the seller gets, in whole tokens: 0 to all; the buyer gets the rest.")
  private String toSeller;

  @Override
  Map<String, ?> take(Step step) {
    return step.book().rule(step.paid(), step.signer(), toSeller, step.transactions());
  }
}
