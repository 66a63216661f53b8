package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.cli.indexer.ChainPlan;
import org.earnest.cli.indexer.ChainWords;
import org.earnest.cli.indexer.ChainsFile;
import org.earnest.kit.follow.FollowSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What an indexer follows: one chain by options, or several by a file. */
final class ChainOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Follow the chains that this JSON file names, instead of one by the options from",
        "--rpc-url to --payment-token; docs/verbs/indexer.md has its form."
      })
  private @Nullable Path config;

  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = {
        "A JSON-RPC node of the chain: https://HOST/PATH. May be repeated for further",
        "nodes of the same chain, which then have to agree on its blocks."
      })
  private List<String> rpcUrls = new ArrayList<>();

  @Option(
      names = "--ws-url",
      paramLabel = "URL",
      description = {
        "A WebSocket of a node of the chain, ws://HOST:PORT or wss://HOST/PATH: the heads that",
        "it tells of are read at once. Without it the chain is looked at twice a second."
      })
  private @Nullable String wsUrl;

  @Option(
      names = "--identity",
      paramLabel = "ADDRESS",
      description = "The ERC-8004 identity registry to follow.")
  private @Nullable String identity;

  @Option(
      names = "--reputation",
      paramLabel = "ADDRESS",
      description = "The ERC-8004 reputation registry that belongs to it.")
  private @Nullable String reputation;

  @Option(
      names = "--validation",
      paramLabel = "ADDRESS",
      description = "The ERC-8004 validation registry whose validations count, if there is one.")
  private @Nullable String validation;

  @Option(
      names = "--escrow",
      paramLabel = "ADDRESS",
      description = "The DealEscrow whose settled deals count, if there is one.")
  private @Nullable String escrow;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = {
        "canonical: ERC-8004's own registries on this chain, which is what is followed",
        "when no address is given."
      })
  private @Nullable String deployment;

  @Option(
      names = "--from-block",
      paramLabel = "N",
      description = {
        "The first block whose logs are wanted; by default the block in which the",
        "contracts were made, where the node can tell."
      })
  private @Nullable Long fromBlock;

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description =
          "How many blocks a reorganisation may take back at most. Default: "
              + FollowSettings.DEFAULT_HORIZON
              + ".")
  private @Nullable Integer horizon;

  @Option(
      names = "--ipfs-gateway",
      paramLabel = "URL",
      description = {
        "Reads ipfs: files through this gateway, which is believed: https://HOST/PATH.",
        "Without one they are not read."
      })
  private @Nullable String ipfsGateway;

  @Option(
      names = "--payment-token",
      paramLabel = "ADDRESS",
      description = {
        "A token whose transfers prove the payments that feedback files claim. May be",
        "repeated; payments in others are told as unknown. The USDC of Ethereum, Base and Base",
        "Sepolia and a chain's own coin need no naming."
      })
  private List<String> paymentTokens = new ArrayList<>();

  /**
   * The chains; what cannot be is wrong usage.
   *
   * @throws org.earnest.kit.process.StartupException for a file that cannot be used, and {@code
   *     rpc_url_invalid}
   */
  List<ChainPlan> plans(CommandSpec command) {
    ChainWords words = words();
    if (config != null) {
      if (!words.equals(ChainWords.NONE)) {
        throw wrong(command, "--config says of each chain what these options say of one");
      }
      return new ChainsFile(config).read();
    }
    try {
      return List.of(words.plan(ChainOptions::option));
    } catch (IllegalArgumentException malformed) {
      throw wrong(command, malformed.getMessage());
    }
  }

  private ChainWords words() {
    return new ChainWords(
        Optional.empty(),
        all(rpcUrls),
        Optional.ofNullable(wsUrl),
        Optional.ofNullable(identity),
        Optional.ofNullable(reputation),
        Optional.ofNullable(validation),
        Optional.ofNullable(escrow),
        Optional.ofNullable(deployment),
        Optional.ofNullable(fromBlock),
        Optional.ofNullable(horizon),
        Optional.ofNullable(ipfsGateway),
        all(paymentTokens));
  }

  private static Optional<List<String>> all(List<String> repeated) {
    return repeated.isEmpty() ? Optional.empty() : Optional.of(repeated);
  }

  /** {@code paymentTokens} is {@code --payment-token}, which may be repeated. */
  private static String option(String member) {
    String kebab = member.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return "--" + (kebab.endsWith("s") ? kebab.substring(0, kebab.length() - 1) : kebab);
  }

  private static ParameterException wrong(CommandSpec command, @Nullable String what) {
    return new ParameterException(command.commandLine(), String.valueOf(what));
  }
}
