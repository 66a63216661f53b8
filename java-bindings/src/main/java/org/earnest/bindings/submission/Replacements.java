package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionOperator.Intervention;
import org.earnest.core.submission.TransactionPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces what is stuck by the same with higher fees, up to the cap; then, where the caller allows
 * it, by an empty transaction, which may cost one step more than the cap as it could not replace
 * otherwise.
 */
final class Replacements {
  private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);

  /**
   * Times the interval of sending again: a chain without a block for so long makes none by itself.
   */
  static final int IDLE_INTERVALS = 3;

  /** What a node leaves out is raised for that no further: another may count nothing at all. */
  static final int MOST_ATTEMPTS = 3;

  private final ChainReader chain;
  private final Node node;
  private final Preparation preparation;
  private final Sequencer sequencer;
  private final JournalSteps steps;
  private final StuckWatch watch;
  private final Fees cap;

  Replacements(
      ChainReader chain,
      Node node,
      Preparation preparation,
      Sequencer sequencer,
      JournalSteps steps,
      SubmissionSettings settings,
      Ticks ticks) {
    this.chain = chain;
    this.node = node;
    this.preparation = preparation;
    this.sequencer = sequencer;
    this.steps = steps;
    this.watch =
        new StuckWatch(
            settings.stuckAfterBlocks(),
            settings.resendInterval().multipliedBy(IDLE_INTERVALS),
            ticks);
    this.cap = new Fees(settings.maxFeePerGas(), settings.maxPriorityFeePerGas());
  }

  /** What waits and should be helped, and why. */
  record Stuck(Submission row, Reason reason) {}

  enum Reason {
    /** Blocks went by that could have held it. */
    PASSED_OVER,

    /** So many that it makes no difference what it offers. */
    PASSED_OVER_FOR_LONG,

    /**
     * No block comes, and the node holds it without counting it: it took it for later than one that
     * was mined meanwhile. A development chain, which makes blocks of what it counts and of nothing
     * else, stands still with it.
     */
    LEFT_OUT
  }

  /** Which of these is stuck; only the first, as the others wait for it. */
  Optional<Stuck> stuck(List<Submission> rows, long first) {
    List<Submission> signed =
        rows.stream().filter(row -> row.state().signed().isPresent()).toList();
    watch.retain(
        signed.stream().map(row -> attempt(row).hash()).collect(Collectors.toUnmodifiableSet()));
    return signed.stream()
        .filter(row -> row.state().open() && attempt(row).nonce() == first)
        .findFirst()
        .flatMap(row -> reason(row).map(reason -> new Stuck(row, reason)));
  }

  private Optional<Reason> reason(Submission row) {
    Hash32 attempt = attempt(row).hash();
    long head = head();
    if (watch.isStuckForLong(attempt, head)) {
      return Optional.of(Reason.PASSED_OVER_FOR_LONG);
    }
    if (watch.isStuck(attempt, head)) {
      return Optional.of(Reason.PASSED_OVER);
    }
    return watch.isIdle(attempt, head) && isLeftOut(row)
        ? Optional.of(Reason.LEFT_OUT)
        : Optional.empty();
  }

  /** A node that lags counts less than what is spent, and proves nothing. */
  private boolean isLeftOut(Submission row) {
    SignedTransaction last = attempt(row);
    try {
      return attempts(row).distinct().count() < MOST_ATTEMPTS
          && node.holdsUnmined(last)
          && chain.transactionCount(last.signer(), BlockTag.Named.PENDING).longValueExact()
              == last.nonce();
    } catch (ChainUnavailableException untold) {
      return false;
    }
  }

  /** Nothing waits any more. */
  void forgetAll() {
    watch.retain(Set.of());
  }

  /** Stores and sends the next attempt; sends the last one again where none is due or allowed. */
  void replace(SignerLease lease, Stuck stuck) {
    switch (stuck.reason()) {
      case LEFT_OUT -> sendOther(lease, stuck.row());
      case PASSED_OVER -> raiseIfWorth(lease, stuck.row());
      case PASSED_OVER_FOR_LONG -> raise(lease, stuck.row(), preparation.fees());
    }
  }

  /** A node that left the one out takes the other as if it had seen none. */
  private void sendOther(SignerLease lease, Submission leftOut) {
    SignedTransaction last = attempt(leftOut);
    LOG.warn("{} is left out by the node, and no block comes", last.hash());
    TransactionPlan plan = last.plan();
    raised(leftOut, new Fees(plan.maxFeePerGas(), plan.maxPriorityFeePerGas()))
        .ifPresentOrElse(
            other -> store(lease, leftOut, other, last.cancels()),
            () -> sequencer.resend(leftOut, last));
  }

  private void raiseIfWorth(SignerLease lease, Submission stuck) {
    SignedTransaction last = attempt(stuck);
    Fees now = preparation.fees();
    if (!now.exceed(last.plan()) && attempts(stuck).anyMatch(node::has)) {
      LOG.info("{} waits, and offers what the chain asks for", last.hash());
      sequencer.resend(stuck, last);
    } else {
      raise(lease, stuck, now);
    }
  }

  private void raise(SignerLease lease, Submission stuck, Fees now) {
    SignedTransaction last = attempt(stuck);
    Optional<TransactionPlan> raised = raised(stuck, now);
    if (raised.isPresent()) {
      store(lease, stuck, raised.get(), last.cancels());
    } else if (stuck.request().cancellable() && !last.cancels()) {
      LOG.warn("{} is stuck at the highest fee allowed: it is given up", last.hash());
      cancel(lease, stuck);
    } else {
      LOG.warn("{} is stuck at the highest fee allowed", last.hash());
      sequencer.resend(stuck, last);
    }
  }

  /** Not waiting until it is stuck: fees rise now, if the chain asks for more than is offered. */
  Submission urge(SignerLease lease, Submission open) {
    Submission now = steps.reread(open);
    Optional<SignedTransaction> last = now.state().signed();
    if (last.isEmpty() || !now.state().open()) {
      return now;
    }
    Fees asked = preparation.fees();
    Optional<TransactionPlan> raised =
        asked.exceed(last.get().plan()) ? raised(now, asked) : Optional.empty();
    if (raised.isEmpty()) {
      return sequencer.resend(now, last.get());
    }
    store(lease, now, raised.get(), last.get().cancels());
    return steps.reread(now);
  }

  /** An operator gives it up, stuck or not, and whether its caller allowed that or not. */
  Intervention giveUp(SignerLease lease, Submission open) {
    Submission now = steps.reread(open);
    Optional<SignedTransaction> last = now.state().signed();
    if (!now.state().open()) {
      return Interventions.closed(now, Interventions.TOO_LATE);
    }
    if (last.isPresent() && last.get().cancels()) {
      return new Intervention.Done(sequencer.resend(now, last.get()));
    }
    TransactionPlan plan = now.state().planned().orElseThrow();
    // What is not signed has its fees, and no rival in any pool.
    TransactionPlan next = last.map(SignedTransaction::plan).map(this::outbidding).orElse(plan);
    if (!preparation.isPayable(next, BigInteger.ZERO)) {
      return new Intervention.Refused(
          "insufficient_funds", plan.signer() + " cannot pay for its cancellation: fund it.");
    }
    LOG.warn("{} is given up by the operator", now.id());
    if (sequencer.permits(now, next, true)) {
      sequencer.replace(lease, now, next, true);
    }
    Submission after = steps.reread(now);
    return after.state().signed().filter(SignedTransaction::cancels).isPresent()
        ? new Intervention.Done(after)
        : new Intervention.Refused(
            "cancellation_refused",
            "Nothing was signed: the key's policy forbids it, its signer is away, or it changed"
                + " meanwhile. The log says which.");
  }

  private TransactionPlan outbidding(TransactionPlan plan) {
    return Fees.within(plan, preparation.fees(), cap)
        .orElseGet(() -> Fees.least(plan))
        .of(plan, idleGas(plan));
  }

  /** What does nothing needs less gas than what it takes the place of. */
  private BigInteger idleGas(TransactionPlan plan) {
    return preparation.idleGas(plan.signer()).min(plan.gasLimit());
  }

  /** With higher fees, as far as the caps and the key's policy allow them. */
  private Optional<TransactionPlan> raised(Submission row, Fees now) {
    SignedTransaction last = attempt(row);
    return Fees.within(last.plan(), now, cap)
        .map(fees -> fees.of(last.plan()))
        .filter(plan -> sequencer.permits(row, plan, last.cancels()));
  }

  private void cancel(SignerLease lease, Submission stuck) {
    SignedTransaction last = attempt(stuck);
    TransactionPlan plan = Fees.least(last.plan()).of(last.plan(), idleGas(last.plan()));
    if (sequencer.permits(stuck, plan, true)) {
      store(lease, stuck, plan, true);
    } else {
      sequencer.resend(stuck, last);
    }
  }

  /** What could not be paid would only be refused, and stand in the journal as the last attempt. */
  private void store(SignerLease lease, Submission stuck, TransactionPlan plan, boolean cancels) {
    SignedTransaction last = attempt(stuck);
    BigInteger value = cancels ? BigInteger.ZERO : stuck.request().value();
    if (preparation.isPayable(plan, value)) {
      LOG.info("{} waits: its fees are raised", last.hash());
      sequencer.replace(lease, stuck, plan, cancels);
    } else {
      LOG.warn("{} waits, and {} cannot pay higher fees: fund it", last.hash(), plan.signer());
      sequencer.resend(stuck, last);
    }
  }

  /** Where the node refuses the last, it may have an earlier one. */
  private Stream<SignedTransaction> attempts(Submission row) {
    return Stream.concat(
        Stream.of(attempt(row)), Stream.of(row).flatMap(it -> steps.attempts(it).stream()));
  }

  private static SignedTransaction attempt(Submission row) {
    return row.state().signed().orElseThrow();
  }

  private long head() {
    return chain.block(BlockTag.Named.LATEST).map(block -> block.ref().number()).orElse(0L);
  }
}
