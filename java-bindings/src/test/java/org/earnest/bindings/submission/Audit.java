package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Reorganised;
import org.earnest.core.submission.SubmissionState.Signed;

/** Watches what reaches the store and the node, whatever the engine believes. */
final class Audit extends ForwardingSubmissionJournal {
  private final Set<Hash32> stored = new HashSet<>();
  private final Set<Class<?>> reached = new HashSet<>();
  private final Map<Long, Long> numberedUnder = new HashMap<>();
  private final Set<Scene> scenes = EnumSet.noneOf(Scene.class);
  private long token;
  private int numberedSinceLease;

  /** What a run is to come through, now and then. */
  enum Scene {
    /** More than one nonce was given out before the lease was asked for again. */
    SEVERAL_IN_ONE_HOLD,
    /** Whoever had lost the lease was kept from a step. */
    FENCED,
    /** A nonce got an attempt with higher fees. */
    REPLACED,
    /** An attempt only spends the nonce. */
    CANCELLED,
    /** The chain took back what was final. */
    FINALITY_BROKEN
  }

  Audit(SubmissionJournal store) {
    super(store);
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    Optional<SignerLease> lease = super.lease(chain, signer, holder, term);
    lease.ifPresent(taken -> token = taken.token());
    numberedSinceLease = 0;
    return lease;
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    Transition transition = super.advance(lease, id, from, to);
    note(transition, from, to);
    if (transition == Transition.APPLIED && lease.token() != token) {
      throw new Violation("stored under a lease that had passed on: " + to);
    }
    if (to instanceof Prepared prepared) {
      numbered(transition, prepared.plan().nonce(), lease.token());
    }
    if (transition == Transition.APPLIED && to instanceof Signed signed) {
      stored.add(signed.transaction().hash());
    }
    return transition;
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    Transition transition = super.advance(id, from, to);
    note(transition, from, to);
    return transition;
  }

  /** Whoever takes the lease asks which nonces were given out before. */
  private void numbered(Transition transition, long nonce, long under) {
    if (transition == Transition.APPLIED) {
      numberedUnder.put(nonce, under);
      if (++numberedSinceLease > 1) {
        scenes.add(Scene.SEVERAL_IN_ONE_HOLD);
      }
    }
    if (transition == Transition.NONCE_TAKEN && !Objects.equals(numberedUnder.get(nonce), under)) {
      throw new Violation("a nonce from before the lease was taken: " + nonce);
    }
  }

  private void note(Transition transition, SubmissionState from, SubmissionState to) {
    if (transition == Transition.LEASE_LOST) {
      scenes.add(Scene.FENCED);
    }
    if (transition != Transition.APPLIED) {
      return;
    }
    reached.add(to.getClass());
    if (to instanceof Signed signed && from.signed().isPresent()) {
      scenes.add(signed.transaction().cancels() ? Scene.CANCELLED : Scene.REPLACED);
    }
    if (from instanceof Final && to instanceof Reorganised) {
      scenes.add(Scene.FINALITY_BROKEN);
    }
  }

  Set<Scene> scenes() {
    return scenes;
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
