package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Optional;
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
      description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder of chain, database and logs. Default: .earnest/dev in Earnest's folder")
  private @Nullable Path state;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "Use this PostgreSQL: postgresql://user:password@host:5432/database")
  private @Nullable String databaseUrl;

  Optional<String> databaseUrl() {
    return Optional.ofNullable(databaseUrl);
  }

  int port() {
    return port;
  }

  Path state() {
    return state != null ? state : EarnestHome.path().resolve(DEFAULT_STATE);
  }
}
