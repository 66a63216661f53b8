package org.earnest.cli.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.cli.indexer.ContractChoice;
import org.earnest.cli.indexer.FileSettings;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What an indexer follows, and where it keeps it. */
final class IndexerOptions {
  private static final String DEFAULT_STATE = ".earnest/indexer";
  private static final String CANONICAL = "canonical";

  /** A journal of more blocks than this would say more about the chain than about the indexer. */
  private static final int MAX_HORIZON = 100_000;

  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      required = true,
      description = {
        "A JSON-RPC node of the chain: https://HOST/PATH. May be repeated for further",
        "nodes of the same chain, which then have to agree on its blocks."
      })
  private List<String> rpcUrls = new ArrayList<>();

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
      defaultValue = "" + FollowSettings.DEFAULT_HORIZON,
      description =
          "How many blocks a reorganisation may take back at most. Default: ${DEFAULT-VALUE}.")
  private int horizon;

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
        "repeated; payments in others are told as unknown."
      })
  private List<String> paymentTokens = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + HostOptions.DEFAULT_PORT,
      description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Folder of database and log; by default it is .earnest/indexer in Earnest's folder.")
  private @Nullable Path state;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "Use this PostgreSQL instead of one of our own: postgresql://user:password@host:5432/database.")
  private @Nullable String databaseUrl;

  /**
   * The nodes to use.
   *
   * @throws StartupException {@code rpc_url_invalid}; it is not quoted, as it may carry a key
   */
  List<URI> rpcUrls() {
    return HostOptions.urls(rpcUrls);
  }

  ContractChoice contracts(CommandSpec command) {
    Optional<EvmAddress> dealEscrow = address(command, "--escrow", escrow);
    Optional<EvmAddress> one = address(command, "--identity", identity);
    Optional<EvmAddress> other = address(command, "--reputation", reputation);
    if (one.isPresent() != other.isPresent()) {
      throw wrong(command, "--identity and --reputation belong together: give both, or neither");
    }
    if (deployment != null && (one.isPresent() || !deployment.equals(CANONICAL))) {
      throw wrong(command, "--deployment canonical, or --identity and --reputation");
    }
    return one.isPresent()
        ? new ContractChoice.Named(one.get(), other.orElseThrow(), dealEscrow)
        : new ContractChoice.Canonical(dealEscrow);
  }

  FileSettings files(CommandSpec command) {
    Set<EvmAddress> tokens =
        paymentTokens.stream()
            .flatMap(token -> address(command, "--payment-token", token).stream())
            .collect(Collectors.toUnmodifiableSet());
    return new FileSettings(
        Optional.ofNullable(ipfsGateway).map(url -> gateway(command, url)), tokens);
  }

  private static URI gateway(CommandSpec command, String text) {
    try {
      URI gateway = new URI(text);
      if ("https".equals(gateway.getScheme()) && gateway.getHost() != null) {
        return gateway;
      }
    } catch (URISyntaxException malformed) {
      // told below
    }
    throw wrong(
        command, "--ipfs-gateway is a public gateway: https://HOST, with a path or without");
  }

  OptionalLong fromBlock(CommandSpec command) {
    if (fromBlock == null) {
      return OptionalLong.empty();
    }
    if (fromBlock < 0) {
      throw wrong(command, "--from-block is a number of a block, 0 or more");
    }
    return OptionalLong.of(fromBlock);
  }

  int horizon(CommandSpec command) {
    if (horizon < 1 || horizon > MAX_HORIZON) {
      throw wrong(command, "--horizon is a number of blocks, 1 to " + MAX_HORIZON);
    }
    return horizon;
  }

  int port() {
    return port;
  }

  Path state() {
    return state != null ? state : EarnestHome.path().resolve(DEFAULT_STATE);
  }

  Optional<String> databaseUrl() {
    return Optional.ofNullable(databaseUrl);
  }

  private static Optional<EvmAddress> address(
      CommandSpec command, String option, @Nullable String text) {
    try {
      return Optional.ofNullable(text).map(EvmAddress::new);
    } catch (IllegalArgumentException malformed) {
      throw wrong(command, option + " is an address: 0x and 40 hexadecimal digits");
    }
  }

  private static ParameterException wrong(CommandSpec command, String what) {
    return new ParameterException(command.commandLine(), what);
  }
}
