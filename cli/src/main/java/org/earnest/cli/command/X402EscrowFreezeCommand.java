package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Map;
import org.earnest.core.chain.EvmSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "freeze",
    description = {
      "As the buyer: keep the seller from the money until the arbiter has decided.",
      "",
      "Works while the operator's window is open; the buyer signs, and who has --gas-key sends."
    },
    mixinStandardHelpOptions = true)
final class X402EscrowFreezeCommand extends EscrowVerb {
  @Option(
      names = "--gas-key",
      paramLabel = "FILE",
      description = "Another account that sends it and pays the gas. Default: the buyer's own.")
  private @Nullable Path gasKey;

  @Override
  Map<String, ?> take(Step step) {
    EvmSigner gas = gasKey == null ? step.signer() : KeyShowCommand.signer(gasKey, passphrase);
    return step.book().freeze(step.paid(), step.signer(), gas, step.transactions());
  }
}
