package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.earnest.cli.did.RegistryChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where transactions are kept until they are done. */
final class JournalOptions {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder of what is sent. Default: .earnest/did in Earnest's folder.")
  private @Nullable Path state;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "Use this PostgreSQL instead of one of our own.")
  private @Nullable String databaseUrl;

  RegistryChange.Journal journal() {
    return new RegistryChange.Journal(
        state != null ? state : EarnestHome.path().resolve(".earnest/did"),
        Optional.ofNullable(databaseUrl),
        EarnestHome.postgresBinaries());
  }
}
