package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;

/** A journal whose store does not answer, or whose caller sleeps, before certain steps. */
final class FailingJournal implements SubmissionJournal {
  private final SubmissionJournal kept;
  private volatile Set<Class<? extends SubmissionState>> failing = Set.of();
  private final Map<Class<? extends SubmissionState>, Runnable> meanwhile =
      new ConcurrentHashMap<>();

  FailingJournal(SubmissionJournal kept) {
    this.kept = kept;
  }

  void failStepsTo(Set<Class<? extends SubmissionState>> states) {
    failing = states;
  }

  /** The next step to this state comes late: all that happens before it. */
  void sleepBefore(Class<? extends SubmissionState> state, Runnable events) {
    meanwhile.put(state, events);
  }

  private void before(SubmissionState to) {
    if (failing.contains(to.getClass())) {
      throw new JournalUnavailableException("told to fail", new IllegalStateException());
    }
    Runnable events = meanwhile.remove(to.getClass());
    if (events != null) {
      events.run();
    }
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    before(to);
    return kept.advance(id, from, to);
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    before(to);
    return kept.advance(lease, id, from, to);
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    return kept.lease(chain, signer, holder, term);
  }

  @Override
  public void release(SignerLease lease) {
    kept.release(lease);
  }

  @Override
  public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    return kept.claim(chain, sender, request);
  }

  @Override
  public Optional<Submission> find(SubmissionId id) {
    return kept.find(id);
  }

  @Override
  public List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    return kept.open(chain, account);
  }

  @Override
  public List<Submission> fromNonce(Caip2ChainId chain, EvmAddress signer, long nonce) {
    return kept.fromNonce(chain, signer, nonce);
  }

  @Override
  public OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
    return kept.highestNonce(chain, signer);
  }
}
