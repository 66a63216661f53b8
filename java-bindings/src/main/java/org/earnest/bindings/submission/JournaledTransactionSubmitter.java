package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.submission.ReceiptWatch.Sighting;
import org.earnest.bindings.submission.Revision.Look;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.earnest.core.submission.SubmissionState.Signed;
import org.earnest.core.submission.TransactionSubmitter;

/**
 * Sends one account's transactions on one chain by way of the journal: claim, rehearse, sign,
 * store, send, watch. {@link SubmissionState} has the table of what may follow what. One submitter
 * per account and process; call {@link #reconcile} before the first {@link #submit}, and only after
 * the chain was seen to be the one that the journal was kept for.
 */
public final class JournaledTransactionSubmitter implements TransactionSubmitter {
  /** Equal requests meet at the same lock; unequal ones rarely. */
  private static final int STRIPES = 64;

  private final ChainReader chain;
  private final SubmissionJournal journal;
  private final EvmAddress sender;
  private final Preparation preparation;
  private final Sequencer sequencer;
  private final ReceiptWatch watch;
  private final Revision revision;
  private final Reconciler reconciler;
  private final JournalSteps steps;
  private final SubmissionSettings settings;
  private final ReentrantLock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  public JournaledTransactionSubmitter(
      JsonRpc rpc,
      ChainReader chain,
      EvmSigner signer,
      SubmissionJournal journal,
      SubmissionSettings settings) {
    this.chain = chain;
    this.settings = settings;
    this.journal = journal;
    this.sender = signer.address();
    Node node = new Node(rpc);
    TransactionFactory transactions = new TransactionFactory(chain.chainId(), signer);
    this.steps = new JournalSteps(journal);
    this.preparation = new Preparation(node, chain, settings);
    this.sequencer = new Sequencer(journal, chain, node, transactions, sender);
    Receipts receipts = new Receipts(chain, node, steps);
    this.watch = new ReceiptWatch(sequencer, receipts, settings);
    this.revision = new Revision(chain, receipts, steps);
    this.reconciler = new Reconciler(journal, chain, sequencer, receipts, revision, sender);
  }

  @Override
  public EvmAddress sender() {
    return sender;
  }

  @Override
  public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
    return switch (journal.claim(chain.chainId(), sender, request)) {
      case Claim.Taken taken -> follow(signed(taken.submission()), patience);
      case Claim.Shared shared -> follow(signed(shared.submission()), patience);
      case Claim.Reused reused ->
          new SubmissionOutcome.Rejected(
              "key_reused",
              "another request was made under this key: use a key of its own",
              Optional.empty());
    };
  }

  /**
   * Takes up what an earlier process left.
   *
   * @throws org.earnest.core.chain.ChainUnavailableException when the chain cannot be asked; call
   *     again
   */
  public Reconciliation reconcile() {
    return reconciler.reconcile();
  }

  /** A claimed submission becomes a signed one, or a rejected one; others stay as they are. */
  private Submission signed(Submission submission) {
    if (!(submission.state() instanceof Claimed)) {
      return submission;
    }
    ReentrantLock lock = stripes[Math.floorMod(submission.id().hashCode(), STRIPES)];
    lock.lock();
    try {
      Submission current = steps.reread(submission);
      return current.state() instanceof Claimed ? prepareAndSign(current) : current;
    } finally {
      lock.unlock();
    }
  }

  private Submission prepareAndSign(Submission claimed) {
    return switch (preparation.prepare(sender, claimed.request())) {
      case Preparation.Result.Ready ready -> sequencer.signAndSend(claimed, ready);
      case Preparation.Result.Refused refused ->
          steps.stepOrReread(claimed, new Rejected(refused.code(), refused.reason()));
    };
  }

  private SubmissionOutcome follow(Submission submission, Duration patience) {
    return switch (submission.state()) {
      case Signed signed -> await(submission, signed.transaction(), patience);
      case Broadcast broadcast -> await(submission, broadcast.transaction(), patience);
      case Mined mined -> revise(submission, mined.transaction(), patience);
      case Claimed claimed -> new SubmissionOutcome.Unknown(Optional.empty());
      case Rejected rejected ->
          new SubmissionOutcome.Rejected(rejected.code(), rejected.reason(), Optional.empty());
      case Reverted reverted -> revise(submission, reverted.transaction(), patience);
      case Replaced replaced -> revise(submission, replaced.transaction(), patience);
    };
  }

  private SubmissionOutcome await(
      Submission submission, SignedTransaction transaction, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Sighting last = watch.watch(submission, transaction, patience);
    Submission seen = last.submission();
    if (!seen.state().open()) {
      return follow(seen, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    boolean waiting = last.nodeAnswered() && seen.state() instanceof Broadcast;
    return waiting
        ? new SubmissionOutcome.Pending(transaction.hash())
        : new SubmissionOutcome.Unknown(Optional.of(transaction.hash()));
  }

  /** A closed submission is asked about again; what was taken back goes out as the same bytes. */
  private SubmissionOutcome revise(
      Submission closed, SignedTransaction transaction, Duration patience) {
    Patience waiting = new Patience(patience, settings.pollInterval());
    boolean resent = false;
    do {
      Look look;
      try {
        look = revision.look(closed, transaction);
      } catch (ChainUnavailableException e) {
        continue;
      }
      if (look.submission().state().open()) {
        return await(sequencer.send(look.submission(), transaction), transaction, patience);
      }
      Optional<SubmissionOutcome> outcome = outcome(look);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (!look.confirmed() && !resent) {
        sequencer.send(look.submission(), transaction);
        resent = true;
      }
    } while (waiting.pause());
    return new SubmissionOutcome.Unknown(Optional.of(transaction.hash()));
  }

  /** Empty while the chain does not bear out what was recorded. */
  private static Optional<SubmissionOutcome> outcome(Look look) {
    return switch (look.submission().state()) {
      case Mined mined ->
          look.receipt()
              .filter(TransactionReceipt::succeeded)
              .map(SubmissionOutcome.Settled::new);
      case Reverted reverted when look.confirmed() ->
          Optional.of(rejected("reverted", reverted.reason(), reverted.transaction().hash()));
      case Replaced replaced when look.confirmed() ->
          Optional.of(
              rejected(
                  "nonce_spent",
                  "another transaction spent its nonce: the account is in use elsewhere",
                  replaced.transaction().hash()));
      case Reverted reverted -> Optional.empty();
      case Replaced replaced -> Optional.empty();
      case Rejected rejected -> Optional.empty();
      case Claimed claimed -> Optional.empty();
      case Signed signed -> Optional.empty();
      case Broadcast broadcast -> Optional.empty();
    };
  }

  private static SubmissionOutcome rejected(String code, String reason, Hash32 transaction) {
    return new SubmissionOutcome.Rejected(code, reason, Optional.of(transaction));
  }
}
