package org.earnest.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the host lives. */
final class HostOptions {
  /** Recalls HTTP's 402 Payment Required. */
  static final int DEFAULT_PORT = 8402;

  private static final String DEFAULT_STATE = ".earnest/dev";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_PORT,
      description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Folder of chain, database and logs; by default it is .earnest/dev in Earnest's folder.")
  private @Nullable Path state;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "Use this PostgreSQL instead of one of our own: postgresql://user:password@host:5432/database.")
  private @Nullable String databaseUrl;

  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = {
        "Use the anvil or Hardhat behind this URL instead of starting a chain:"
            + " http://127.0.0.1:8545.",
        "May be repeated for further nodes of the same chain, which then have to agree."
      })
  private List<String> rpcUrls = new ArrayList<>();

  /**
   * The nodes to use; none to start a chain.
   *
   * @throws StartupException {@code rpc_url_invalid}; it is not quoted, as it may carry a key
   */
  List<URI> rpcUrls() {
    return urls(rpcUrls);
  }

  static List<URI> urls(List<String> texts) {
    try {
      return texts.stream().map(URI::create).toList();
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "rpc_url_invalid", "--rpc-url is no URL", "Write it as http://HOST:PORT");
    }
  }

  Optional<String> databaseUrl() {
    return Optional.ofNullable(databaseUrl);
  }

  int port() {
    return port;
  }

  Path state() {
    return state != null ? state : defaultState();
  }

  /** The state directory of a house that was told nothing else. */
  static Path defaultState() {
    return EarnestHome.path().resolve(DEFAULT_STATE);
  }
}
