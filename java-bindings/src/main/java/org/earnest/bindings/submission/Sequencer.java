package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.earnest.bindings.signer.SigningPolicy.Refusal;
import org.earnest.bindings.submission.Preparation.Result.Ready;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionListener;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Reorganised;
import org.earnest.core.submission.SubmissionState.Signed;
import org.earnest.core.submission.TransactionPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out the nonces of one account, one at a time: number, sign, store. Every method that takes
 * a lease is called within its turn; what is stored may be sent after it.
 */
final class Sequencer {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  /** Losing so often means that something else is wrong. */
  private static final int MAX_NONCE_TRIES = 100;

  /**
   * An account of the engine's own has few transactions from elsewhere, so that a node that counts
   * more of them is wrong; each that is believed and does not exist costs the gas to fill its gap.
   */
  static final long MAX_FOREIGN = 64;

  private final SubmissionJournal journal;
  private final JournalSteps steps;
  private final ChainReader chain;
  private final Node node;
  private final TransactionFactory transactions;
  private final PolicyGuard policy;
  private final SubmissionListener listener;
  private final EvmAddress signer;
  private long numberedIn = -1;
  private long next;

  Sequencer(
      SubmissionJournal journal,
      ChainReader chain,
      Node node,
      TransactionFactory transactions,
      PolicyGuard policy,
      SubmissionListener listener,
      EvmAddress signer) {
    this.journal = journal;
    this.steps = new JournalSteps(journal);
    this.chain = chain;
    this.node = node;
    this.transactions = transactions;
    this.policy = policy;
    this.listener = listener;
    this.signer = signer;
  }

  /**
   * Gives a claimed submission the next nonce and signs it; rejects it where the account's policy
   * forbids that.
   *
   * @param hold of the lease, by number
   */
  Signing signNext(SignerLease lease, long hold, Submission claimed, Ready ready) {
    // Within one hold nobody else gives out nonces: node and journal are asked once.
    long nonce = hold == numberedIn ? next : nextNonce();
    Optional<Refusal> refusal = policy.refusal(claimed, ready.plan(signer, nonce));
    if (refusal.isPresent()) {
      LOG.warn("{} is refused: {}", claimed.request().key(), refusal.get().reason());
      return new Signing.Recorded(
          steps.reject(claimed, new Rejected(refusal.get().code(), refusal.get().reason())));
    }
    for (int tries = 0; tries < MAX_NONCE_TRIES; tries++) {
      Prepared prepared = new Prepared(ready.plan(signer, nonce));
      switch (steps.step(lease, claimed, prepared)) {
        case APPLIED -> {
          numberedIn = hold;
          next = nonce + 1;
          return sign(lease, claimed, prepared);
        }
        case STALE -> {
          return new Signing.Recorded(steps.reread(claimed));
        }
        case LEASE_LOST -> {
          return new Signing.Outrun();
        }
        case NONCE_TAKEN -> nonce++;
      }
    }
    throw new ChainUnavailableException("no nonce was free for " + signer);
  }

  /**
   * Gives a claimed submission this very nonce, signs it and sends it.
   *
   * @return whether it is stored, signed, with this nonce
   */
  boolean signWith(SignerLease lease, Submission claimed, Ready ready, long nonce) {
    Prepared prepared = new Prepared(ready.plan(signer, nonce));
    Optional<Refusal> refusal = policy.refusal(claimed, prepared.plan());
    if (refusal.isPresent()) {
      LOG.warn("nonce {} of {} is not filled: {}", nonce, signer, refusal.get().reason());
      return false;
    }
    if (steps.step(lease, claimed, prepared) != Transition.APPLIED) {
      return false;
    }
    return sent(sign(lease, claimed, prepared)) instanceof Signing.Recorded;
  }

  /** Signs what has its nonce, and stores the signature. */
  Signing sign(SignerLease lease, Submission submission, Prepared prepared) {
    Submission planned = submission.in(prepared);
    SignedTransaction transaction;
    try {
      transaction = allowed(planned, prepared.plan());
    } catch (SignerUnavailableException e) {
      LOG.warn("nonce {} of {} waits: {}", prepared.plan().nonce(), signer, e.getMessage());
      return new Signing.Unsigned(planned);
    }
    Transition transition;
    try {
      transition = steps.step(lease, planned, new Signed(transaction));
    } catch (JournalUnavailableException e) {
      forgetNumber();
      LOG.warn("whether {} was stored is not known; it is not sent", transaction.hash(), e);
      return new Signing.Unsure(transaction);
    }
    return switch (transition) {
      case APPLIED -> {
        if (transaction.cancels()) {
          listener.cancelled(signer);
        }
        yield new Signing.Stored(planned.in(new Signed(transaction)), transaction);
      }
      case STALE -> {
        forgetNumber();
        yield new Signing.Recorded(steps.reread(planned));
      }
      case LEASE_LOST -> new Signing.Outrun();
      case NONCE_TAKEN -> throw new IllegalStateException("its own nonce was taken: " + planned);
    };
  }

  /**
   * Its nonce was given out; where the policy has changed since, an empty transaction spends it.
   */
  private SignedTransaction allowed(Submission planned, TransactionPlan plan) {
    Optional<Refusal> refusal = policy.forbids(planned.request(), plan);
    if (refusal.isEmpty()) {
      return transactions.sign(planned.request(), plan);
    }
    LOG.warn("{} is given up: {}", planned.request().key(), refusal.get().reason());
    requireCancellable(plan);
    return transactions.cancel(plan);
  }

  private void requireCancellable(TransactionPlan plan) {
    Optional<Refusal> refusal = policy.forbidsToCancel(plan);
    if (refusal.isPresent()) {
      throw new SignerUnavailableException(refusal.get().reason());
    }
  }

  /**
   * Whether the policy lets this be signed in the place of what is stuck.
   *
   * @param stuck signed, or only prepared: then the plan is its own
   * @param plan of the same nonce, with higher fees
   * @param cancels whether it only spends the nonce
   */
  boolean permits(Submission stuck, TransactionPlan plan, boolean cancels) {
    Optional<Refusal> refusal =
        cancels ? policy.forbidsToCancel(plan) : policy.refusal(stuck, plan);
    refusal.ifPresent(
        no -> LOG.warn("nonce {} of {} is not replaced: {}", plan.nonce(), signer, no.reason()));
    return refusal.isEmpty();
  }

  /**
   * Stores a rival of what was signed, and sends it; sends the last one while the signer does not
   * answer.
   *
   * @param plan {@linkplain #permits permitted}
   * @param cancels whether it only spends the nonce
   */
  void replace(SignerLease lease, Submission stuck, TransactionPlan plan, boolean cancels) {
    SignedTransaction transaction;
    try {
      transaction = cancels ? transactions.cancel(plan) : transactions.sign(stuck.request(), plan);
    } catch (SignerUnavailableException e) {
      LOG.warn("nonce {} of {} is not replaced: {}", plan.nonce(), signer, e.getMessage());
      sendLast(stuck);
      return;
    }
    if (steps.step(lease, stuck, new Signed(transaction)) == Transition.APPLIED) {
      tell(stuck, transaction);
      send(stuck.in(new Signed(transaction)), transaction);
    }
  }

  private void sendLast(Submission stuck) {
    stuck.state().signed().ifPresent(last -> send(stuck, last));
  }

  /** What was given up already is given up once, however often its fees are raised. */
  private void tell(Submission stuck, SignedTransaction rival) {
    boolean cancelled = stuck.state().signed().filter(SignedTransaction::cancels).isPresent();
    if (rival.cancels() && !cancelled) {
      listener.cancelled(signer);
    } else {
      listener.replaced(signer);
    }
  }

  /** Sends what was stored, and tells the journal. */
  Signing sent(Signing signing) {
    return told(signing instanceof Signing.Stored stored ? deliver(stored) : signing);
  }

  private Signing deliver(Signing.Stored stored) {
    return deliver(List.of(stored)).getFirst();
  }

  /**
   * Sends what was stored, in this order; that a node took it is told to the journal by {@link
   * #told}.
   */
  List<Signing> deliver(List<Signing.Stored> stored) {
    try {
      List<Boolean> taken = node.send(stored.stream().map(Signing.Stored::transaction).toList());
      return IntStream.range(0, stored.size())
          .mapToObj(i -> delivered(stored.get(i), taken.get(i)))
          .toList();
    } catch (ChainUnavailableException e) {
      LOG.warn("{} could not be sent; they will be again", hashes(stored), e);
      return stored.stream().<Signing>map(each -> new Signing.Recorded(each.submission())).toList();
    }
  }

  private static List<Hash32> hashes(List<Signing.Stored> stored) {
    return stored.stream().map(each -> each.transaction().hash()).toList();
  }

  private static Signing delivered(Signing.Stored stored, boolean taken) {
    return taken
        ? new Signing.Taken(stored.submission(), stored.transaction())
        : new Signing.Recorded(stored.submission());
  }

  /** The same once the journal was told what a node took. */
  Signing told(Signing signing) {
    if (!(signing instanceof Signing.Taken taken)) {
      return signing;
    }
    Submission stored = taken.submission();
    try {
      return new Signing.Recorded(steps.stepOrReread(stored, new Broadcast(taken.transaction())));
    } catch (JournalUnavailableException e) {
      LOG.warn("{} was sent, and the journal could not be told", taken.transaction().hash(), e);
      return new Signing.Recorded(stored);
    }
  }

  /** Sends stored bytes; whatever the node says or does not say, they stay stored. */
  private void send(Submission submission, SignedTransaction transaction) {
    var unused = offer(submission, transaction);
  }

  /**
   * Sends stored bytes again. Where the node refuses them, whatever else was signed for the nonce
   * is offered to it: any of it may be mined, and none may keep the later nonces waiting.
   */
  Submission resend(Submission submission, SignedTransaction transaction) {
    Offer first = offer(submission, transaction);
    if (!first.refused()) {
      return first.submission();
    }
    try {
      steps.attempts(submission).stream()
          .filter(attempt -> !attempt.equals(transaction))
          .filter(node::send)
          .findFirst()
          .ifPresent(
              taken -> LOG.warn("{} is refused: {} was sent", transaction.hash(), taken.hash()));
    } catch (ChainUnavailableException | JournalUnavailableException e) {
      LOG.warn("{} is refused, and nothing else could be sent", transaction.hash(), e);
    }
    return first.submission();
  }

  private record Offer(Submission submission, boolean refused) {}

  private Offer offer(Submission submission, SignedTransaction transaction) {
    boolean unsent =
        submission.state() instanceof Signed || submission.state() instanceof Reorganised;
    try {
      if (!node.send(transaction)) {
        return new Offer(submission, true);
      }
      boolean own = submission.state().signed().filter(transaction::equals).isPresent();
      return new Offer(
          unsent && own ? steps.stepOrReread(submission, new Broadcast(transaction)) : submission,
          false);
    } catch (ChainUnavailableException e) {
      LOG.warn("{} could not be sent; it will be again", transaction.hash(), e);
    } catch (JournalUnavailableException e) {
      LOG.warn("{} was sent, and the journal could not be told", transaction.hash(), e);
    }
    return new Offer(submission, false);
  }

  /** A store that has crashed may not know the number it gave. */
  private void forgetNumber() {
    numberedIn = -1;
  }

  private long nextNonce() {
    BigInteger pending = chain.transactionCount(signer, BlockTag.Named.PENDING);
    long stored = journal.highestNonce(chain.chainId(), signer).orElse(-1) + 1;
    if (isBeyond(pending, BigInteger.valueOf(stored))
        && isBeyond(pending, chain.transactionCount(signer, BlockTag.Named.LATEST))) {
      LOG.error("the node counts {} transactions of {}, which cannot be", pending, signer);
      throw new ChainUnavailableException(
          "the node's count of pending transactions of " + signer + " cannot be: ask another");
    }
    return Math.max(pending.longValueExact(), stored);
  }

  private static boolean isBeyond(BigInteger pending, BigInteger known) {
    return pending.subtract(known).compareTo(BigInteger.valueOf(MAX_FOREIGN)) > 0;
  }
}
