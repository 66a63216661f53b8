package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
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
      SubmissionSettings settings) {
    this.chain = chain;
    this.node = node;
    this.preparation = preparation;
    this.sequencer = sequencer;
    this.steps = steps;
    this.watch = new StuckWatch(settings.stuckAfterBlocks());
    this.cap = new Fees(settings.maxFeePerGas(), settings.maxPriorityFeePerGas());
  }

  /** Which of these is stuck; only the first, as the others wait for it. */
  Optional<Submission> stuck(List<Submission> rows, long first) {
    List<Submission> signed =
        rows.stream().filter(row -> row.state().signed().isPresent()).toList();
    watch.retain(
        signed.stream().map(row -> attempt(row).hash()).collect(Collectors.toUnmodifiableSet()));
    Optional<Submission> next =
        signed.stream()
            .filter(row -> row.state().open() && attempt(row).nonce() == first)
            .findFirst();
    return next.filter(row -> watch.isStuck(attempt(row).hash(), head()));
  }

  /** Nothing waits any more. */
  void forgetAll() {
    watch.retain(Set.of());
  }

  /** Stores and sends the next attempt; sends the last one again where none is due or allowed. */
  void replace(SignerLease lease, Submission stuck) {
    SignedTransaction last = attempt(stuck);
    Fees now = preparation.fees();
    if (!now.exceed(last.plan())
        && !watch.isStuckForLong(last.hash(), head())
        && attempts(stuck).anyMatch(node::has)) {
      LOG.info("{} waits, and offers what the chain asks for", last.hash());
      sequencer.resend(stuck, last);
      return;
    }
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
