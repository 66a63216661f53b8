package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;

/**
 * Has those who ask within a moment share a transaction: for callers who know nothing of each other
 * and each send what anybody may send. Each waits a moment longer, and gets the outcome that it
 * would get alone.
 */
public final class GatheringSubmitter implements TransactionSubmitter, AutoCloseable {
  private final Caip2ChainId chain;
  private final SubmissionJournal journal;
  private final TransactionSubmitter alone;
  private final BatchSubmitter batches;
  private final Duration moment;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private Gathering gathered = new Gathering();

  /**
   * Gathers for a batcher.
   *
   * @param alone sends what has value, and sees through what was sent before
   * @param batches by the same journal and submitter
   * @param moment how long the first one waits for others
   */
  public GatheringSubmitter(
      Caip2ChainId chain,
      SubmissionJournal journal,
      TransactionSubmitter alone,
      BatchSubmitter batches,
      Duration moment) {
    this.chain = chain;
    this.journal = journal;
    this.alone = alone;
    this.batches = batches;
    this.moment = moment;
  }

  private record Waiting(
      SubmissionRequest request, long end, CompletableFuture<SubmissionOutcome> outcome) {}

  /** Those of one moment. */
  private static final class Gathering {
    private final List<Waiting> waiting = new ArrayList<>();
  }

  @Override
  public EvmAddress sender() {
    return alone.sender();
  }

  @Override
  public List<EvmAddress> senders() {
    return alone.senders();
  }

  @Override
  public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
    SubmissionId id = SubmissionId.of(chain, request.key());
    Optional<Submission> known = journal.find(id);
    boolean sent = known.filter(submission -> !submission.state().mayBeCarried()).isPresent();
    if (sent || !request.value().equals(BigInteger.ZERO)) {
      return alone.submit(request, patience);
    }
    long end = System.nanoTime() + patience.toNanos();
    Waiting waiting = new Waiting(request, end, new CompletableFuture<>());
    gather(waiting);
    try {
      return waiting.outcome().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return unknown(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown(id);
    } catch (ExecutionException e) {
      throw AtOnce.unwrapped(e);
    }
  }

  @Override
  public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
    return journal
        .find(SubmissionId.of(chain, request.key()))
        .map(known -> submit(request, patience));
  }

  private SubmissionOutcome unknown(SubmissionId id) {
    try {
      Optional<Hash32> transaction =
          journal
              .find(id)
              .flatMap(known -> Carriers.of(journal, known))
              .flatMap(known -> known.state().signed())
              .map(SignedTransaction::hash);
      return new SubmissionOutcome.Unknown(transaction);
    } catch (JournalUnavailableException e) {
      return new SubmissionOutcome.Unknown(Optional.empty());
    }
  }

  /** The first one starts the moment; the last one that has room ends it. */
  private void gather(Waiting waiting) {
    lock.lock();
    try {
      Gathering together = gathered;
      together.waiting.add(waiting);
      int size = together.waiting.size();
      if (size == CallBatchCalls.MAX_ITEMS) {
        gathered = new Gathering();
        threads.execute(() -> send(together.waiting));
      } else if (size == 1) {
        threads.execute(() -> sendAfterAMoment(together));
      }
    } finally {
      lock.unlock();
    }
  }

  private void sendAfterAMoment(Gathering together) {
    try {
      Thread.sleep(moment);
    } catch (InterruptedException e) {
      // Closed: whoever waits learns at once that nothing was sent.
      Thread.currentThread().interrupt();
    }
    if (taken(together)) {
      send(together.waiting);
    }
  }

  /** False where it was full, and is sent already. */
  private boolean taken(Gathering together) {
    lock.lock();
    try {
      boolean current = gathered == together;
      if (current) {
        gathered = new Gathering();
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  private void send(List<Waiting> together) {
    try {
      long end = together.stream().mapToLong(Waiting::end).max().orElseThrow();
      Duration patience = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      List<SubmissionOutcome> outcomes =
          batches.submit(together.stream().map(Waiting::request).toList(), patience);
      for (int i = 0; i < together.size(); i++) {
        together.get(i).outcome().complete(outcomes.get(i));
      }
    } catch (RuntimeException | Error failure) {
      together.forEach(waiting -> waiting.outcome().completeExceptionally(failure));
      if (failure instanceof Error bug) {
        throw bug;
      }
    }
  }

  /** Ends every wait; what is in the journal is seen through by whoever asks next. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
