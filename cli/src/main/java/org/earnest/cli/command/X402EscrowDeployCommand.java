package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.JournaledTransaction;
import org.earnest.cli.x402.OperatorDeployment;
import org.earnest.cli.x402.Spans;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "deploy",
    description = {
      "Deploy an operator contract, under which calls are paid into escrow.",
      "",
      "Its address follows from arbiter, window and ruling: the same three on any chain have the",
      "same one, and what is there already is not deployed again. Nobody owns it."
    },
    mixinStandardHelpOptions = true)
final class X402EscrowDeployCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--arbiter",
      required = true,
      paramLabel = "ADDRESS",
      description = "Who decides disputes.")
  private String arbiter;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "1d",
      description = "For how long a buyer can freeze: 90m, 36h, 7d. Default: ${DEFAULT-VALUE}.")
  private String window = "1d";

  @Option(
      names = "--ruling",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "How long the arbiter has at least. Default: ${DEFAULT-VALUE}.")
  private String ruling = "7d";

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Pays the gas: a keystore's file, or a file with the bare private key.")
  private Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Option(
      names = "--rpc-url",
      required = true,
      paramLabel = "URL",
      description = "A node of the chain. May be repeated; they have to agree.")
  private List<String> nodes = new ArrayList<>();

  @Mixin JournalOptions journal = JournalOptions.ofEscrow();

  @Override
  Map<String, ?> perform(Console console) {
    OperatorDeployment deployment =
        new OperatorDeployment(
            judge(), Spans.parse("--window", window), Spans.parse("--ruling", ruling));
    FailoverJsonRpc rpc = RpcUrls.connect(RpcUrls.parse(nodes));
    ChainReader chain = JsonRpcChainReader.connect(rpc);
    return deployment.on(
        chain,
        () -> KeyShowCommand.signer(key, passphrase),
        new JournaledTransaction(rpc, chain, journal.journal()),
        console);
  }

  private EvmAddress judge() {
    try {
      return ChecksumAddress.parse(arbiter);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "address_invalid",
          "--arbiter is no account, or a letter of it is wrong",
          "Write it as 0x and 40 digits");
    }
  }
}
