package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.earnest.cli.host.JournaledTransaction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where transactions are kept until they are done. */
final class JournalOptions {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder of what is sent. Default: one below .earnest in Earnest's folder.")
  private @Nullable Path state;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "Use this PostgreSQL instead of one of our own.")
  private @Nullable String databaseUrl;

  private final String usual;

  private JournalOptions(String usual) {
    this.usual = usual;
  }

  static JournalOptions ofIdentities() {
    return new JournalOptions(".earnest/did");
  }

  static JournalOptions ofWithdrawals() {
    return new JournalOptions(".earnest/x402/withdrawals");
  }

  static JournalOptions ofEscrow() {
    return new JournalOptions(".earnest/x402/escrow");
  }

  JournaledTransaction.Journal journal() {
    return new JournaledTransaction.Journal(
        state != null ? state : EarnestHome.path().resolve(usual),
        Optional.ofNullable(databaseUrl),
        EarnestHome.postgresBinaries());
  }
}
