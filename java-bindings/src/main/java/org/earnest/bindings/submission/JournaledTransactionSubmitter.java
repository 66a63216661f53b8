package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.submission.ReceiptWatch.Sighting;
import org.earnest.bindings.submission.Revision.Look;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionListener;
import org.earnest.core.submission.SubmissionOperator;
import org.earnest.core.submission.SubmissionOperator.Intervention;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Dissolved;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Reorganised;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.earnest.core.submission.SubmissionState.Signed;
import org.earnest.core.submission.TransactionSubmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one account's transactions on one chain by way of the journal: claim, rehearse, sign,
 * store, send, watch. {@link SubmissionState} has the table of what may follow what. One submitter
 * per account and process; call {@link #reconcile} before the first {@link #submit}, and only after
 * the chain was seen to be the one that the journal was kept for.
 */
public final class JournaledTransactionSubmitter implements TransactionSubmitter {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledTransactionSubmitter.class);

  /** Beyond the lease's term, so that the lease of a process that was killed is seen to end. */
  private static final Duration BEYOND_TERM = Duration.ofSeconds(1);

  /** Equal requests meet at the same lock; unequal ones rarely. */
  private static final int STRIPES = 64;

  private final ChainReader chain;
  private final SubmissionJournal journal;
  private final EvmAddress sender;
  private final Preparation preparation;
  private final Line line;
  private final Backlog backlog = new Backlog();
  private final ReceiptWatch watch;
  private final Revision revision;
  private final Reconciler reconciler;
  private final Interventions interventions;
  private final JournalSteps steps;
  private final LateBatches lateBatches;
  private final SubmissionSettings settings;
  private final Ticks ticks;
  private final Lock[] stripes;

  public JournaledTransactionSubmitter(
      JsonRpc rpc,
      ChainReader chain,
      EvmSigner signer,
      SubmissionJournal journal,
      SubmissionSettings settings) {
    this(rpc, chain, signer, journal, settings, SubmissionListener.NONE);
  }

  /**
   * One that is listened to.
   *
   * @param listener does not block, and does not throw
   */
  public JournaledTransactionSubmitter(
      JsonRpc rpc,
      ChainReader chain,
      EvmSigner signer,
      SubmissionJournal journal,
      SubmissionSettings settings,
      SubmissionListener listener) {
    this(rpc, chain, signer, journal, settings, listener, Ticks.SYSTEM);
  }

  JournaledTransactionSubmitter(
      JsonRpc rpc,
      ChainReader chain,
      EvmSigner signer,
      SubmissionJournal journal,
      SubmissionSettings settings,
      Ticks ticks) {
    this(rpc, chain, signer, journal, settings, SubmissionListener.NONE, ticks);
  }

  JournaledTransactionSubmitter(
      JsonRpc rpc,
      ChainReader chain,
      EvmSigner signer,
      SubmissionJournal journal,
      SubmissionSettings settings,
      SubmissionListener listener,
      Ticks ticks) {
    this.ticks = ticks;
    this.stripes = Stream.generate(() -> ticks.lock(false)).limit(STRIPES).toArray(Lock[]::new);
    this.chain = chain;
    this.settings = settings;
    this.journal = journal;
    this.sender = signer.address();
    Node node = new Node(rpc);
    TransactionFactory transactions = new TransactionFactory(chain.chainId(), signer);
    this.steps = new JournalSteps(journal);
    this.lateBatches = new LateBatches(chain, steps, sender);
    this.preparation = new Preparation(node, chain, settings);
    PolicyGuard policy = new PolicyGuard(settings.policy(), journal, chain.chainId(), sender);
    Sequencer sequencer =
        new Sequencer(journal, chain, node, transactions, policy, listener, sender);
    Turns turns = new Turns(journal, chain.chainId(), sender, settings.leaseTerm(), ticks);
    Gaps gaps = new Gaps(journal, chain, preparation, sequencer, turns, listener, sender);
    Replacements replacements =
        new Replacements(chain, node, preparation, sequencer, steps, settings, ticks);
    this.line =
        new Line(
            turns,
            new Wire(sequencer, ticks),
            sequencer,
            replacements,
            gaps,
            new Pool(chain, sender));
    FinalBlock finalBlock = new FinalBlock(chain, settings.finality());
    Receipts receipts = new Receipts(chain, node, steps, finalBlock, listener);
    this.revision = new Revision(chain, receipts, steps);
    Confirmations confirmations =
        new Confirmations(journal, chain, finalBlock, revision, steps, sender);
    this.reconciler =
        new Reconciler(journal, chain, line, receipts, revision, confirmations, backlog, sender);
    this.interventions = new Interventions(journal, reconciler, revision, receipts, line, steps);
    Duration resendInterval = settings.resendInterval();
    this.watch =
        new ReceiptWatch(
            new Upkeep(reconciler, resendInterval, ticks), receipts, steps, resendInterval, ticks);
  }

  @Override
  public EvmAddress sender() {
    return sender;
  }

  @Override
  public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
    SubmissionId id = SubmissionId.of(chain.chainId(), request.key());
    Optional<SubmissionOutcome> outcome = Optional.empty();
    backlog.begin(id);
    try {
      outcome =
          Optional.of(submit(request, new Patience(patience, settings.pollInterval(), ticks)));
      return outcome.get();
    } finally {
      backlog.end(id, outcome);
    }
  }

  @Override
  public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
    return journal
        .find(SubmissionId.of(chain.chainId(), request.key()))
        .map(known -> submit(request, patience));
  }

  private SubmissionOutcome submit(SubmissionRequest request, Patience waiting) {
    return switch (steps.claim(chain.chainId(), sender, request)) {
      case Claim.Taken taken -> proceed(taken.submission(), waiting);
      case Claim.Shared shared -> proceed(shared.submission(), waiting);
      case Claim.Reused reused ->
          new SubmissionOutcome.Rejected(
              "key_reused", "another request was made under this key: use a key of its own");
    };
  }

  /** Whether somebody here asks for this now. */
  boolean isAt(SubmissionId id) {
    return backlog.isUnderWay(id);
  }

  /** How many submissions wait for this account: an idle one has none. */
  public int backlog() {
    return backlog.size();
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
    return reconciler.reconcile(turnPatience());
  }

  /** {@link SubmissionOperator#retry} for a submission that has one of this account's nonces. */
  public Intervention retry(Submission row) {
    return interventions.retry(row, turnPatience());
  }

  /** {@link SubmissionOperator#cancel} for a submission that has one of this account's nonces. */
  public Intervention cancel(Submission row) {
    return interventions.cancel(row, turnPatience());
  }

  private Patience turnPatience() {
    Duration turn = settings.leaseTerm().plus(BEYOND_TERM);
    return new Patience(turn, settings.pollInterval(), ticks);
  }

  private SubmissionOutcome proceed(Submission submission, Patience waiting) {
    Submission current = submission;
    Patience turns = waiting.anew();
    do {
      switch (signing(current, waiting)) {
        case Signing.Recorded recorded -> {
          current = recorded.submission();
          if (!unsigned(current)) {
            return follow(current, waiting);
          }
        }
        case Signing.Stored stored -> {
          return follow(stored.submission(), waiting);
        }
        case Signing.Taken taken -> {
          return follow(taken.submission(), waiting);
        }
        case Signing.Unsure unsure -> {
          return new SubmissionOutcome.Unknown(Optional.of(unsure.transaction().hash()));
        }
        case Signing.Unsigned unsigned -> current = unsigned.submission();
        case Signing.Late late -> {
          return new SubmissionOutcome.Unknown(Optional.empty());
        }
        case Signing.Outrun outrun -> current = steps.reread(current);
      }
    } while (turns.pause());
    return new SubmissionOutcome.Unknown(Optional.empty());
  }

  private static boolean unsigned(Submission submission) {
    return submission.state() instanceof Claimed || submission.state() instanceof Prepared;
  }

  /** An unsigned submission becomes a signed one, or a rejected one; others stay as they are. */
  private Signing signing(Submission submission, Patience waiting) {
    boolean again = submission.state() instanceof Rejected;
    if (!unsigned(submission) && !again) {
      return new Signing.Recorded(submission);
    }
    Lock lock = stripes[Math.floorMod(submission.id().hashCode(), STRIPES)];
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
        // Who asked together with the one that was refused is told the same.
        case Rejected rejected ->
            again ? prepareAndSign(current, waiting) : new Signing.Recorded(current);
        case Reverted reverted -> new Signing.Recorded(current);
        case Expired expired -> new Signing.Recorded(current);
        case Final firm -> new Signing.Recorded(current);
        case Replaced replaced -> new Signing.Recorded(current);
        case Reorganised reorganised -> new Signing.Recorded(current);
        case Carried carried -> new Signing.Recorded(current);
        case Dissolved dissolved -> new Signing.Recorded(current);
      };
    } finally {
      lock.unlock();
    }
  }

  private Signing prepareAndSign(Submission unsigned, Patience waiting) {
    return switch (preparation.prepare(sender, unsigned.request())) {
      case Preparation.Result.Ready ready -> line.append(unsigned, ready, waiting);
      case Preparation.Result.Refused refused ->
          new Signing.Recorded(
              steps.reject(unsigned, new Rejected(refused.code(), refused.reason())));
    };
  }

  private SubmissionOutcome follow(Submission submission, Patience waiting) {
    return switch (submission.state()) {
      case Signed signed -> await(submission, waiting);
      case Broadcast broadcast -> await(submission, waiting);
      case Reorganised reorganised -> await(submission, waiting);
      case Mined mined -> revise(submission, mined.transaction(), waiting);
      case Prepared prepared -> new SubmissionOutcome.Unknown(Optional.empty());
      case Claimed claimed -> new SubmissionOutcome.Unknown(Optional.empty());
      case Rejected rejected -> new SubmissionOutcome.Rejected(rejected.code(), rejected.reason());
      case Reverted reverted -> revise(submission, reverted.transaction(), waiting);
      case Expired expired -> revise(submission, expired.transaction(), waiting);
      case Final firm -> revise(submission, firm.transaction(), waiting);
      case Replaced replaced -> revise(submission, replaced.transaction(), waiting);
      case Carried carried -> followCarrier(submission, carried, waiting);
      case Dissolved dissolved ->
          new SubmissionOutcome.Rejected("dissolved", "this batch was given up: ask for its items");
    };
  }

  /** One call of another's transaction; where that came to nothing, a submission of its own. */
  private SubmissionOutcome followCarrier(Submission item, Carried carried, Patience waiting) {
    Submission carrier =
        lateBatches.judged(
            journal
                .find(carried.carrier())
                .orElseThrow(() -> new IllegalStateException("its carrier is missing: " + item)));
    if (lateBatches.givenUp(carrier)) {
      return proceed(steps.reread(item), waiting);
    }
    SubmissionOutcome outcome = proceed(carrier, waiting);
    if (lateBatches.givenUp(carrier.id(), outcome)) {
      return proceed(steps.reread(item), waiting);
    }
    return CarriedOutcomes.of(outcome, carrier.request().to(), carried.index());
  }

  private SubmissionOutcome await(Submission submission, Patience waiting) {
    Sighting last = watch.watch(submission, waiting);
    Submission seen = last.submission();
    if (!seen.state().open()) {
      return last.receipt()
          .flatMap(receipt -> Outcomes.of(new Look(seen, Optional.of(receipt), true)))
          .orElseGet(() -> follow(seen, waiting));
    }
    Hash32 transaction = seen.state().signed().orElseThrow().hash();
    Optional<Inclusion> sent =
        seen.state() instanceof Signed ? Optional.empty() : seen.state().inclusion();
    return sent.filter(inclusion -> last.answered())
        .<SubmissionOutcome>map(inclusion -> new SubmissionOutcome.Pending(transaction, inclusion))
        .orElseGet(() -> new SubmissionOutcome.Unknown(Optional.of(transaction)));
  }

  /** A closed submission is asked about again; what was taken back goes out as the same bytes. */
  private SubmissionOutcome revise(
      Submission closed, SignedTransaction transaction, Patience waiting) {
    boolean resent = false;
    do {
      try {
        Look look = revision.look(closed, transaction);
        if (look.submission().state().open()) {
          return await(line.resend(look.submission(), transaction, waiting), waiting);
        }
        Optional<SubmissionOutcome> outcome = Outcomes.of(look);
        if (outcome.isPresent()) {
          return outcome.get();
        }
        if (!look.confirmed() && !resent) {
          line.resend(look.submission(), transaction, waiting);
          resent = true;
        }
      } catch (ChainUnavailableException | JournalUnavailableException e) {
        // Something is signed: whoever asks gets its hash, and not the failure.
        LOG.debug("{} is asked about again", transaction.hash(), e);
      }
    } while (waiting.pause());
    return new SubmissionOutcome.Unknown(Optional.of(transaction.hash()));
  }
}
