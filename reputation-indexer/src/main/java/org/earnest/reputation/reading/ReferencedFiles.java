package org.earnest.reputation.reading;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.reputation.file.FileSource;
import org.earnest.reputation.file.PaymentCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the indexed events point to, some files at once, beside the indexer. Two of them on
 * one database do the same work twice, and no harm.
 */
public final class ReferencedFiles implements AutoCloseable {
  public static final String SCHEMA = "reputation_file";

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** What failed by our own fault, as a save that threw, is not begun again before this. */
  private static final Duration FORGIVENESS = Duration.ofMinutes(1);

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(ReferencedFiles.class);

  private final Database database;
  private final Caip2ChainId chain;
  private final Enlistment enlistment;
  private final DueFiles<RegistrationRows.Due> cards;
  private final DueFiles<NoteRows.Due> notes;
  private final Reader reader;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Looks looks = new Looks();
  private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
  private long forgivenAt = System.nanoTime();
  private boolean notesFirst;

  private ReferencedFiles(
      Database database,
      Caip2ChainId chain,
      Reader reader,
      InstantSource clock,
      MeterRegistry metrics) {
    this.database = database;
    this.chain = chain;
    this.enlistment = new Enlistment(chain);
    this.cards = RegistrationRows.due(chain);
    this.notes = NoteRows.due(chain);
    this.reader = reader;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Starts to read. The schemas are there already: start the indexer first.
   *
   * @param tokens whose transfers are payments
   */
  public static ReferencedFiles start(
      Database database,
      ChainReader chain,
      FileSource source,
      Set<EvmAddress> tokens,
      InstantSource clock,
      MeterRegistry metrics) {
    Reader reader = new Reader(source, new PaymentCheck(chain, tokens));
    ReferencedFiles files = new ReferencedFiles(database, chain.chainId(), reader, clock, metrics);
    database.run(handle -> NoteRows.lookAgain(handle, chain.chainId(), clock.instant()));
    var unused =
        files.rounds.scheduleWithFixedDelay(
            files::round, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    return files;
  }

  private void round() {
    try {
      while (enlist() || lead() || look()) {
        if (Thread.interrupted()) {
          return;
        }
      }
    } catch (DatabaseUnavailableException unavailable) {
      LOG.warn("files wait: the database does not answer");
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      // A round that threw would be the last one.
      LOG.error("a round of files failed", bug);
    }
  }

  /** Whether more waits. */
  private boolean enlist() {
    return database.transaction(enlistment::next);
  }

  /** Whether more waits. */
  private boolean lead() {
    return database.transaction(handle -> AgentWords.next(handle, chain));
  }

  /** Whether there may be more to begin at once, for which it waits a while. */
  private boolean look() throws InterruptedException {
    forgive();
    Instant now = clock.instant();
    Collection<String> busy = looks.busy();
    // In turns: else notes of a host would wait as long as any of its cards is due.
    notesFirst = !notesFirst;
    boolean begun = notesFirst ? notes(now, busy) : cards(now, busy);
    begun |= notesFirst ? cards(now, busy) : notes(now, busy);
    return begun || looks.awaitEnd(PAUSE);
  }

  private void forgive() {
    if (System.nanoTime() - forgivenAt >= FORGIVENESS.toNanos()) {
      forgivenAt = System.nanoTime();
      looks.forgive();
    }
  }

  private boolean cards(Instant now, Collection<String> busy) throws InterruptedException {
    boolean begun = false;
    for (RegistrationRows.Due due : database.call(handle -> cards.next(handle, now, busy))) {
      begun |= looks.begin(due, due.host(), () -> looked(() -> lookAt(due)));
    }
    return begun;
  }

  private boolean notes(Instant now, Collection<String> busy) throws InterruptedException {
    boolean begun = false;
    for (NoteRows.Due due : database.call(handle -> notes.next(handle, now, busy))) {
      begun |= looks.begin(due, due.host(), () -> looked(() -> lookAt(due)));
    }
    return begun;
  }

  /** One that failed is due still. */
  private static boolean looked(Runnable look) {
    try {
      look.run();
      return true;
    } catch (DatabaseUnavailableException unavailable) {
      LOG.warn("a file waits: the database does not answer");
    } catch (RuntimeException bug) {
      LOG.error("a look at a file failed", bug);
    }
    return false;
  }

  private void lookAt(RegistrationRows.Due due) {
    Card seen = reader.card(due.uri());
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    Instant now = clock.instant();
    Optional<Instant> next = Reader.next(seen, due.uri(), due.attempts() + 1, now);
    database.run(handle -> RegistrationRows.save(handle, chain, due, seen, now, next));
    count("registration", seen.state().word());
  }

  private void lookAt(NoteRows.Due due) {
    Optional<PaymentCheck.Parties> parties = database.call(handle -> NoteRows.parties(handle, due));
    if (parties.isEmpty()) {
      database.run(handle -> NoteRows.forget(handle, due));
      return;
    }
    Note seen = reader.note(due, parties.get());
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    Instant now = clock.instant();
    Optional<Instant> next = Reader.next(seen, due.vain(), now);
    database.run(handle -> NoteRows.save(handle, due, seen, now, next));
    count("feedback", seen.state().word());
  }

  private void count(String kind, String state) {
    Counter.builder("earnest.indexer.files")
        .description("Looks at files that agents and clients point to")
        .tags("chain", chain.toString(), "kind", kind, "state", state)
        .register(metrics)
        .increment();
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    looks.close();
    try {
      if (!rounds.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a file is still being read");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
