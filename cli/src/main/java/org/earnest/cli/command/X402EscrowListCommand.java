package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.console.Console;
import org.earnest.cli.x402.EscrowBook;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = {"Show the payments that came into escrow under an operator of late."},
    mixinStandardHelpOptions = true)
final class X402EscrowListCommand extends Verb {
  /** About a week on a chain with a block each two seconds. */
  private static final String USUAL_BLOCKS = "302400";

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--operator",
      required = true,
      paramLabel = "ADDRESS",
      description = "The operator contract.")
  private String operator;

  @Option(
      names = "--rpc-url",
      required = true,
      paramLabel = "URL",
      description = "A node of its chain. May be repeated; they have to agree.")
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = USUAL_BLOCKS,
      description = "How many blocks to look back. Default: ${DEFAULT-VALUE}.")
  private long blocks;

  @Override
  Map<String, ?> perform(Console console) {
    EvmAddress contract = ShopWayOptions.operator(operator);
    if (blocks < 1) {
      throw new StartupException(
          "blocks_invalid", "--blocks is no number of blocks", "Write 1 or more");
    }
    return new EscrowBook(
            JsonRpcChainReader.connect(RpcUrls.connect(RpcUrls.parse(nodes))), console)
        .list(contract, blocks);
  }
}
