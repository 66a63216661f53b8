package org.earnest.bindings.submission;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;

/** A journal whose store does not answer when certain steps are to be written. */
final class FailingJournal implements SubmissionJournal {
  private final SubmissionJournal kept;
  private volatile Set<Class<? extends SubmissionState>> failing = Set.of();

  FailingJournal(SubmissionJournal kept) {
    this.kept = kept;
  }

  void failStepsTo(Set<Class<? extends SubmissionState>> states) {
    failing = states;
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    if (failing.contains(to.getClass())) {
      throw new JournalUnavailableException("told to fail", new IllegalStateException());
    }
    return kept.advance(id, from, to);
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
