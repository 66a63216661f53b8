package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;

/** Another journal, for tests that change one thing about it. */
abstract class DelegatingJournal implements SubmissionJournal {
  private final SubmissionJournal real;

  DelegatingJournal(SubmissionJournal real) {
    this.real = real;
  }

  @Override
  public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    return real.claim(chain, sender, request);
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    return real.advance(id, from, to);
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    return real.advance(lease, id, from, to);
  }

  @Override
  public Transition carry(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest carrier, List<Submission> items) {
    return real.carry(chain, sender, carrier, items);
  }

  @Override
  public Optional<List<Step>> dissolve(SubmissionId carrier) {
    return real.dissolve(carrier);
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    return real.lease(chain, signer, holder, term);
  }

  @Override
  public void release(SignerLease lease) {
    real.release(lease);
  }

  @Override
  public Optional<Submission> find(SubmissionId id) {
    return real.find(id);
  }

  @Override
  public List<SignedTransaction> attempts(SubmissionId id) {
    return real.attempts(id);
  }

  @Override
  public List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    return real.open(chain, account);
  }

  @Override
  public List<Submission> included(Caip2ChainId chain, EvmAddress signer) {
    return real.included(chain, signer);
  }

  @Override
  public List<Submission> finals(Caip2ChainId chain, EvmAddress signer, long below, int limit) {
    return real.finals(chain, signer, below, limit);
  }

  @Override
  public List<Submission> fromNonce(Caip2ChainId chain, EvmAddress signer, long nonce) {
    return real.fromNonce(chain, signer, nonce);
  }

  @Override
  public BigInteger committed(
      Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except) {
    return real.committed(chain, signer, window, except);
  }

  @Override
  public OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
    return real.highestNonce(chain, signer);
  }
}
