package org.earnest.cli.host;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.PostgresSubmissionJournal;

/**
 * One transaction of a command's, which is in a journal before it is sent: asked for again after a
 * crash it is the same one.
 */
public final class JournaledTransaction {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final JsonRpc rpc;
  private final ChainReader reader;
  private final Journal journal;

  public JournaledTransaction(JsonRpc rpc, ChainReader reader, Journal journal) {
    this.rpc = rpc;
    this.reader = reader;
    this.journal = journal;
  }

  /**
   * Where it is kept until it is done.
   *
   * @param binaries of PostgreSQL, where no database is named
   */
  public record Journal(Path state, Optional<String> databaseUrl, Path binaries) {}

  /** Sends it, and waits until it is mined. */
  public SubmissionOutcome send(EvmSigner signer, SubmissionRequest request) {
    try (Lifecycle lifecycle = new Lifecycle()) {
      JournaledTransactionSubmitter submitter =
          new JournaledTransactionSubmitter(
              rpc,
              reader,
              signer,
              PostgresSubmissionJournal.open(database(lifecycle)),
              SubmissionSettings.DEFAULT);
      submitter.reconcile();
      return submitter.submit(request, PATIENCE);
    }
  }

  /**
   * The same where nothing but its success is of use: its hash.
   *
   * @throws StartupException {@code transaction_refused}, or as of {@link #waiting}
   */
  public String require(EvmSigner signer, SubmissionRequest request) {
    return switch (send(signer, request)) {
      case SubmissionOutcome.Settled settled -> settled.receipt().transaction().hex();
      case SubmissionOutcome.Rejected rejected ->
          throw new StartupException(
              "transaction_refused",
              "the transaction was refused: " + rejected.code() + ", " + rejected.reason(),
              signer.address() + " must hold some gas; what else is wrong is said above");
      case SubmissionOutcome.Pending pending -> throw waiting();
      case SubmissionOutcome.Unknown unknown -> throw waiting();
    };
  }

  private Database database(Lifecycle lifecycle) {
    DatabaseSettings settings =
        journal
            .databaseUrl()
            .map(DatabaseSettings::parse)
            .orElseGet(
                () -> {
                  StateDirectory state =
                      lifecycle.start(() -> StateDirectory.open(journal.state()));
                  return lifecycle
                      .start(() -> EmbeddedPostgres.start(state, journal.binaries()))
                      .settings();
                });
    return lifecycle.start(() -> Database.open(settings, new SimpleMeterRegistry()));
  }

  /** What is said where nobody knows its end yet. */
  public static StartupException waiting() {
    return new StartupException(
        "transaction_not_mined",
        "the transaction was sent and is not mined yet",
        "Run the same command again: it waits for the same transaction");
  }
}
