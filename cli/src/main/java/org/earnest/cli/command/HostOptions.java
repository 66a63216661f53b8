package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a host lives. */
final class HostOptions {
  /** Recalls HTTP's 402 Payment Required. */
  static final int DEFAULT_PORT = 8402;

  private static final String DEV = ".earnest/dev";
  private static final String INDEXER = ".earnest/indexer";
  private static final String FACILITATOR = ".earnest/facilitator";
  private static final String SHOP = ".earnest/x402/shop";

  private final String defaultState;

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
          "Folder of all that is kept; by default one below .earnest in Earnest's folder,"
              + " named after the command.")
  private @Nullable Path state;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "Use this PostgreSQL instead of one of our own:"
              + " postgresql://user:password@host:5432/database.")
  private @Nullable String databaseUrl;

  private HostOptions(String defaultState) {
    this.defaultState = defaultState;
  }

  static HostOptions ofHouse() {
    return new HostOptions(DEV);
  }

  static HostOptions ofShop() {
    return new HostOptions(SHOP);
  }

  static HostOptions ofIndexer() {
    return new HostOptions(INDEXER);
  }

  static HostOptions ofFacilitator() {
    return new HostOptions(FACILITATOR);
  }

  Optional<String> databaseUrl() {
    return Optional.ofNullable(databaseUrl);
  }

  int port() {
    return port;
  }

  Path state() {
    return state != null ? state : EarnestHome.path().resolve(defaultState);
  }

  /** The state directory of a house that was told nothing else. */
  static Path defaultState() {
    return EarnestHome.path().resolve(DEV);
  }
}
