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
import org.earnest.core.submission.JournalUnavailableException;
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
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Reorganised;
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
  /** Long enough to see the lease of a process that was killed end. */
  private static final Duration TURN_PATIENCE = Turns.TERM.plusSeconds(1);

  /** Equal requests meet at the same lock; unequal ones rarely. */
  private static final int STRIPES = 64;

  private final ChainReader chain;
  private final SubmissionJournal journal;
  private final EvmAddress sender;
  private final Preparation preparation;
  private final Line line;
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
    Sequencer sequencer = new Sequencer(journal, chain, node, transactions, sender);
    Gaps gaps = new Gaps(journal, chain, preparation, sequencer, sender);
    this.line = new Line(new Turns(journal, chain.chainId(), sender), sequencer, gaps);
    Receipts receipts = new Receipts(chain, node, steps);
    this.revision = new Revision(chain, receipts, steps);
    this.reconciler = new Reconciler(journal, chain, line, receipts, revision, sender);
    Duration resendInterval = settings.resendInterval();
    this.watch =
        new ReceiptWatch(new Upkeep(reconciler, resendInterval), receipts, steps, resendInterval);
  }

  @Override
  public EvmAddress sender() {
    return sender;
  }

  @Override
  public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
    Patience waiting = new Patience(patience, settings.pollInterval());
    return switch (journal.claim(chain.chainId(), sender, request)) {
      case Claim.Taken taken -> proceed(taken.submission(), waiting);
      case Claim.Shared shared -> proceed(shared.submission(), waiting);
      case Claim.Reused reused ->
          new SubmissionOutcome.Rejected(
              "key_reused",
              "another request was made under this key: use a key of its own",
              Optional.empty());
    };
  }

  /**
   * Brings the journal and the chain together: what was mined meanwhile is recorded, what was lost
   * is sent again, and what keeps others waiting is mended. Call it before the first {@link
   * #submit}, and now and then while running.
   *
   * @throws ChainUnavailableException when the chain cannot be asked; call again
   * @throws JournalUnavailableException when the journal cannot be asked; call again
   */
  public Reconciliation reconcile() {
    return reconciler.reconcile(new Patience(TURN_PATIENCE, settings.pollInterval()));
  }

  private SubmissionOutcome proceed(Submission submission, Patience waiting) {
    Submission current = submission;
    Patience turns = waiting.anew();
    do {
      switch (signing(current, waiting)) {
        case Signing.Recorded recorded -> current = recorded.submission();
        case Signing.Unsure unsure -> {
          return new SubmissionOutcome.Unknown(Optional.of(unsure.transaction().hash()));
        }
        case Signing.Late late -> {
          return new SubmissionOutcome.Unknown(Optional.empty());
        }
        case Signing.Outrun outrun -> current = steps.reread(current);
      }
      if (!unsigned(current)) {
        return follow(current, waiting);
      }
    } while (turns.pause());
    return new SubmissionOutcome.Unknown(Optional.empty());
  }

  private static boolean unsigned(Submission submission) {
    return submission.state() instanceof Claimed || submission.state() instanceof Prepared;
  }

  /** An unsigned submission becomes a signed one, or a rejected one; others stay as they are. */
  private Signing signing(Submission submission, Patience waiting) {
    if (!unsigned(submission)) {
      return new Signing.Recorded(submission);
    }
    ReentrantLock lock = stripes[Math.floorMod(submission.id().hashCode(), STRIPES)];
    if (!waiting.lock(lock)) {
      return new Signing.Late();
    }
    try {
      Submission current = steps.reread(submission);
      return switch (current.state()) {
        case Claimed claimed -> prepareAndSign(current, waiting);
        case Prepared prepared when prepared.plan().signer().equals(sender) ->
            line.resume(current, prepared, waiting);
        case Prepared prepared -> new Signing.Recorded(current);
        case Signed signed -> new Signing.Recorded(current);
        case Broadcast broadcast -> new Signing.Recorded(current);
        case Mined mined -> new Signing.Recorded(current);
        case Rejected rejected -> new Signing.Recorded(current);
        case Reverted reverted -> new Signing.Recorded(current);
        case Replaced replaced -> new Signing.Recorded(current);
        case Reorganised reorganised -> new Signing.Recorded(current);
      };
    } finally {
      lock.unlock();
    }
  }

  private Signing prepareAndSign(Submission claimed, Patience waiting) {
    return switch (preparation.prepare(sender, claimed.request())) {
      case Preparation.Result.Ready ready -> line.append(claimed, ready, waiting);
      case Preparation.Result.Refused refused ->
          new Signing.Recorded(
              steps.stepOrReread(claimed, new Rejected(refused.code(), refused.reason())));
    };
  }

  private SubmissionOutcome follow(Submission submission, Patience waiting) {
    return switch (submission.state()) {
      case Signed signed -> await(submission, signed.transaction(), waiting);
      case Broadcast broadcast -> await(submission, broadcast.transaction(), waiting);
      case Reorganised reorganised -> await(submission, reorganised.transaction(), waiting);
      case Mined mined -> revise(submission, mined.transaction(), waiting);
      case Prepared prepared -> new SubmissionOutcome.Unknown(Optional.empty());
      case Claimed claimed -> new SubmissionOutcome.Unknown(Optional.empty());
      case Rejected rejected ->
          new SubmissionOutcome.Rejected(rejected.code(), rejected.reason(), Optional.empty());
      case Reverted reverted -> revise(submission, reverted.transaction(), waiting);
      case Replaced replaced -> revise(submission, replaced.transaction(), waiting);
    };
  }

  private SubmissionOutcome await(
      Submission submission, SignedTransaction transaction, Patience waiting) {
    Sighting last = watch.watch(submission, transaction, waiting);
    Submission seen = last.submission();
    if (!seen.state().open()) {
      return follow(seen, waiting);
    }
    return last.answered() && seen.state() instanceof Broadcast
        ? new SubmissionOutcome.Pending(transaction.hash())
        : new SubmissionOutcome.Unknown(Optional.of(transaction.hash()));
  }

  /** A closed submission is asked about again; what was taken back goes out as the same bytes. */
  private SubmissionOutcome revise(
      Submission closed, SignedTransaction transaction, Patience waiting) {
    boolean resent = false;
    do {
      Look look;
      try {
        look = revision.look(closed, transaction);
      } catch (ChainUnavailableException | JournalUnavailableException e) {
        continue;
      }
      if (look.submission().state().open()) {
        return await(line.resend(look.submission(), transaction, waiting), transaction, waiting);
      }
      Optional<SubmissionOutcome> outcome = outcome(look);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (!look.confirmed() && !resent) {
        line.resend(look.submission(), transaction, waiting);
        resent = true;
      }
    } while (waiting.pause());
    return new SubmissionOutcome.Unknown(Optional.of(transaction.hash()));
  }

  /** Empty while the chain does not bear out what was recorded. */
  private static Optional<SubmissionOutcome> outcome(Look look) {
    return switch (look.submission().state()) {
      case Mined mined ->
          look.receipt().filter(TransactionReceipt::succeeded).map(SubmissionOutcome.Settled::new);
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
      case Prepared prepared -> Optional.empty();
      case Signed signed -> Optional.empty();
      case Reorganised reorganised -> Optional.empty();
      case Broadcast broadcast -> Optional.empty();
    };
  }

  private static SubmissionOutcome rejected(String code, String reason, Hash32 transaction) {
    return new SubmissionOutcome.Rejected(code, reason, Optional.of(transaction));
  }
}
