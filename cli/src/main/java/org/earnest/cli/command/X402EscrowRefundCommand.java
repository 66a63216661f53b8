package org.earnest.cli.command;

import java.util.Map;
import java.util.Optional;
import org.earnest.cli.x402.EscrowBook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "refund",
    description = {
      "As the seller: give the money back.",
      "",
      "What is still in escrow goes back whole, frozen or not; of what was captured, --amount."
    },
    mixinStandardHelpOptions = true)
final class X402EscrowRefundCommand extends EscrowVerb {
  @Option(
      names = "--amount",
      paramLabel = "AMOUNT",
      description = "How much of what was captured, in whole tokens. Default: all.")
  private @Nullable String amount;

  @Option(
      names = "--number",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Of several refunds of the same amount, the how many-th. The same command again is the",
        "same refund. Default: ${DEFAULT-VALUE}."
      })
  private int number = 1;

  @Override
  Map<String, ?> take(Step step) {
    return step.book()
        .refund(
            step.paid(),
            step.signer(),
            new EscrowBook.Refund(Optional.ofNullable(amount), number),
            step.transactions());
  }
}
