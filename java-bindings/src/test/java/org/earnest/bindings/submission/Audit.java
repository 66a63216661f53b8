package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Signed;

/** Watches what reaches the store and the node, whatever the engine believes. */
final class Audit extends DelegatingJournal {
  private final Set<Hash32> stored = new HashSet<>();
  private final Set<Class<?>> reached = new HashSet<>();
  private long token;

  Audit(SubmissionJournal store) {
    super(store);
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    Optional<SignerLease> lease = super.lease(chain, signer, holder, term);
    lease.ifPresent(taken -> token = taken.token());
    return lease;
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    Transition transition = super.advance(lease, id, from, to);
    note(transition, to);
    if (transition == Transition.APPLIED && lease.token() != token) {
      throw new Violation("stored under a lease that had passed on: " + to);
    }
    if (transition == Transition.APPLIED && to instanceof Signed signed) {
      stored.add(signed.transaction().hash());
    }
    return transition;
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    Transition transition = super.advance(id, from, to);
    note(transition, to);
    return transition;
  }

  private void note(Transition transition, SubmissionState to) {
    if (transition == Transition.APPLIED) {
      reached.add(to.getClass());
    }
  }

  /** Every state that some submission was brought to. */
  Set<Class<?>> reached() {
    return reached;
  }

  void received(SimulatedChain.Transaction transaction) {
    if (!stored.contains(transaction.hash())) {
      throw new Violation("sent before it was stored: " + transaction.hash());
    }
  }

  /** Not an exception: the engine must not swallow it. */
  static final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
      super(what);
    }
  }
}
