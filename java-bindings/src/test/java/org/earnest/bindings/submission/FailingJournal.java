package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState;

/** A journal whose store does not answer, or whose caller sleeps, before certain steps. */
final class FailingJournal extends ForwardingSubmissionJournal {
  private volatile Set<Class<? extends SubmissionState>> failing = Set.of();
  private volatile boolean leaseFailing;
  private final Map<Class<? extends SubmissionState>, Runnable> meanwhile =
      new ConcurrentHashMap<>();

  FailingJournal(SubmissionJournal kept) {
    super(kept);
  }

  void failStepsTo(Set<Class<? extends SubmissionState>> states) {
    failing = states;
  }

  void failLeases(boolean fail) {
    leaseFailing = fail;
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
    return super.advance(id, from, to);
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    before(to);
    return super.advance(lease, id, from, to);
  }

  @Override
  public Optional<List<Step>> dissolve(SubmissionId carrier) {
    before(new SubmissionState.Dissolved());
    return super.dissolve(carrier);
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    if (leaseFailing) {
      throw new JournalUnavailableException("told to fail", new IllegalStateException());
    }
    return super.lease(chain, signer, holder, term);
  }
}
