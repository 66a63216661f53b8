package org.earnest.cli.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.bindings.submission.BatchSubmitter;
import org.earnest.bindings.submission.GatheringSubmitter;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.bindings.submission.SubmitterPool;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionListener;
import org.earnest.core.submission.SubmissionOperator;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.TransactionPlan;
import org.earnest.core.submission.TransactionSubmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to the chain: a journaled submitter per signer, all with one journal. What nobody
 * waits for any more is seen through in the background.
 */
final class Submitters implements SubmissionOperator, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Submitters.class);

  /** An interrupted call of the node or the database ends long before. */
  private static final Duration MOST_TO_END = Duration.ofSeconds(10);

  private final JsonRpc rpc;
  private final ChainReader reader;
  private final SubmissionJournal journal;
  private final SubmissionSettings settings;
  private final SubmissionListener listener;
  private final Map<EvmAddress, JournaledTransactionSubmitter> bySender = new ConcurrentHashMap<>();
  private final Map<EvmAddress, Optional<SigningPolicy>> policies = new ConcurrentHashMap<>();
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("submissions").factory());

  Submitters(
      JsonRpc rpc,
      ChainReader reader,
      SubmissionJournal journal,
      SubmissionSettings settings,
      SubmissionListener listener) {
    this(rpc, reader, journal, settings, listener, settings.resendInterval());
  }

  Submitters(
      JsonRpc rpc,
      ChainReader reader,
      SubmissionJournal journal,
      SubmissionSettings settings,
      SubmissionListener listener,
      Duration interval) {
    this.settings = settings;
    this.listener = listener;
    this.rpc = rpc;
    this.reader = reader;
    this.journal = journal;
    long millis = interval.toMillis();
    var unused =
        background.scheduleWithFixedDelay(this::seeThrough, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * The signer's submitter; there is one per account, as its nonces are one sequence. What an
   * earlier run left open is taken up before the first new transaction.
   */
  TransactionSubmitter of(EvmSigner signer) {
    return member(signer, Optional.empty());
  }

  /** The accounts of one or more keys as one submitter, each bound by its policy. */
  TransactionSubmitter of(List<HostKey> keys) {
    List<JournaledTransactionSubmitter> members =
        keys.stream().map(key -> member(key.signer(), key.policy())).distinct().toList();
    return members.size() == 1
        ? members.getFirst()
        : new SubmitterPool(reader.chainId(), journal, members);
  }

  /** One for a key, which has one policy, whoever asks for it. */
  private JournaledTransactionSubmitter member(EvmSigner signer, Optional<SigningPolicy> policy) {
    Optional<SigningPolicy> first = policies.computeIfAbsent(signer.address(), any -> policy);
    if (policy.isPresent() && !policy.equals(first)) {
      throw new IllegalStateException(signer.address() + " sends already, under another policy");
    }
    SubmissionSettings bound = policy.map(settings::withPolicy).orElse(settings);
    return bySender.computeIfAbsent(signer.address(), sender -> reconciled(signer, bound));
  }

  /** What is asked of one of these within a moment, in one transaction. */
  GatheringSubmitter gathering(TransactionSubmitter one, EvmAddress batch, Duration moment) {
    SubmissionSettings bound =
        policies
            .getOrDefault(one.sender(), Optional.empty())
            .map(settings::withPolicy)
            .orElse(settings);
    BatchSubmitter batches = new BatchSubmitter(rpc, reader, journal, one, batch, bound);
    return new GatheringSubmitter(reader.chainId(), journal, one, batches, moment);
  }

  @Override
  public Intervention retry(SubmissionId id) {
    return intervene(id, JournaledTransactionSubmitter::retry);
  }

  @Override
  public Intervention cancel(SubmissionId id) {
    return intervene(id, JournaledTransactionSubmitter::cancel);
  }

  private Intervention intervene(
      SubmissionId id, BiFunction<JournaledTransactionSubmitter, Submission, Intervention> work) {
    Optional<Submission> row = journal.find(id);
    if (row.isEmpty()) {
      return new Intervention.Refused("submission_not_found", "No submission has this id.");
    }
    if (row.get().state() instanceof SubmissionState.Carried carried) {
      return new Intervention.Refused(
          "submission_carried",
          "It has no transaction of its own: order it for " + carried.carrier());
    }
    Optional<EvmAddress> signer = row.get().state().planned().map(TransactionPlan::signer);
    if (signer.isEmpty()) {
      return new Intervention.Refused(
          "submission_unsigned",
          "It has no nonce, so there is nothing to see to: whoever asked for it may ask again.");
    }
    return Optional.ofNullable(bySender.get(signer.get()))
        .filter(owner -> row.get().chain().equals(reader.chainId()))
        .map(owner -> work.apply(owner, row.get()))
        .orElseGet(
            () ->
                new Intervention.Refused(
                    "account_elsewhere",
                    "The key of " + signer.get() + " is not here: ask the process that has it."));
  }

  /** When what they send counts as final. */
  Finality finality() {
    return settings.finality();
  }

  private JournaledTransactionSubmitter reconciled(EvmSigner signer, SubmissionSettings bound) {
    JournaledTransactionSubmitter submitter =
        new JournaledTransactionSubmitter(rpc, reader, signer, journal, bound, listener);
    listener.began(signer.address());
    submitter.reconcile();
    return submitter;
  }

  private void seeThrough() {
    bySender.values().forEach(Submitters::seeThrough);
  }

  /** Nothing may leave here: a task that throws is not run again. */
  private static void seeThrough(JournaledTransactionSubmitter submitter) {
    try {
      submitter.reconcile();
    } catch (ChainUnavailableException | JournalUnavailableException e) {
      LOG.warn("open transactions of {} wait: {}", submitter.sender(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("open transactions of {} could not be seen through", submitter.sender(), e);
    }
  }

  /** Waits for what runs in the background, so that nothing it needs is closed under it. */
  @Override
  public void close() {
    background.shutdownNow();
    try {
      if (!background.awaitTermination(MOST_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("open transactions are still being seen through after {}", MOST_TO_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
