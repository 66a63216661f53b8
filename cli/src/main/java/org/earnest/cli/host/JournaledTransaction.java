package org.earnest.cli.host;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.submission.NumberedAttempts;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
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

  /** How often a step is sent anew that was mined in vain. */
  private static final int ATTEMPTS = 100;

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
    return with(signer, (submitter, journal) -> submitter.submit(request, PATIENCE));
  }

  /**
   * The same where nothing but its success is of use: its hash.
   *
   * @throws StartupException {@code transaction_refused}, or as of {@link #waiting}
   */
  public String require(EvmSigner signer, SubmissionRequest request) {
    return required(send(signer, request));
  }

  /**
   * A step that is taken once.
   *
   * @param name the same for the same step, for ever
   * @param call what it is where no earlier run has begun it; it says so where it is not possible
   * @param before what has to be mined before it, asked for where it is not begun
   */
  public record Step(
      String name, Supplier<ChainCall> call, Supplier<Optional<SubmissionRequest>> before) {}

  /**
   * Takes a step, or tells of the one that an earlier run took: the journal is asked before the
   * chain's state is. What was mined in vain is sent anew once that is final.
   *
   * @return its hash
   * @throws StartupException as of {@link #require}, and what the step says
   */
  public String take(EvmSigner signer, Step step) {
    return required(
        with(
            signer,
            (submitter, entries) ->
                new NumberedAttempts(ATTEMPTS)
                    .submit(submitter, new Attempts(submitter, entries, step)::of, PATIENCE)));
  }

  private final class Attempts {
    private final TransactionSubmitter submitter;
    private final SubmissionJournal entries;
    private final Step step;

    private Attempts(TransactionSubmitter submitter, SubmissionJournal entries, Step step) {
      this.submitter = submitter;
      this.entries = entries;
      this.step = step;
    }

    /** What was signed under the number, or what is to be sent under the first that is free. */
    SubmissionRequest of(int number) {
      String key = "%s:%d".formatted(step.name(), number);
      Optional<Submission> known = entries.find(SubmissionId.of(reader.chainId(), key));
      if (known.filter(one -> one.state().planned().isPresent()).isPresent()) {
        return known.get().request();
      }
      ChainCall call = step.call().get();
      SubmissionRequest request = new SubmissionRequest(key, call.to(), call.data());
      if (known.filter(one -> !one.request().asksForTheSame(request)).isPresent()) {
        return of(number + 1);
      }
      step.before().get().ifPresent(first -> required(submitter.submit(first, PATIENCE)));
      return request;
    }
  }

  private interface Work {
    SubmissionOutcome with(TransactionSubmitter submitter, SubmissionJournal entries);
  }

  private SubmissionOutcome with(EvmSigner signer, Work work) {
    try (Lifecycle lifecycle = new Lifecycle()) {
      Database database = database(lifecycle);
      ChainIdentity identity = ChainIdentity.requireAmongSeveral(database, reader);
      SubmissionJournal entries = PostgresSubmissionJournal.open(database);
      JournaledTransactionSubmitter submitter =
          new JournaledTransactionSubmitter(
              rpc, reader, signer, entries, SubmissionSettings.DEFAULT);
      submitter.reconcile();
      SubmissionOutcome outcome = work.with(submitter, entries);
      identity.rememberOrSaySo();
      return outcome;
    }
  }

  private static String required(SubmissionOutcome outcome) {
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> settled.receipt().transaction().hex();
      case SubmissionOutcome.Rejected rejected ->
          throw new StartupException(
              "transaction_refused",
              "the transaction was refused: " + rejected.code() + ", " + rejected.reason(),
              "The account that sends it must hold some gas; what else is wrong is said above. What"
                  + " was mined in vain is sent anew once that is final");
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
