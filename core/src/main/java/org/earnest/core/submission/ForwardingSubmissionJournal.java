package org.earnest.core.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/** Passes everything on to another journal; for those that change or watch some of it. */
public abstract class ForwardingSubmissionJournal implements SubmissionJournal {
  private final SubmissionJournal journal;

  protected ForwardingSubmissionJournal(SubmissionJournal journal) {
    this.journal = journal;
  }

  @Override
  public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    return journal.claim(chain, sender, request);
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    return journal.advance(id, from, to);
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    return journal.advance(lease, id, from, to);
  }

  @Override
  public Transition carry(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest carrier, List<Submission> items) {
    return journal.carry(chain, sender, carrier, items);
  }

  @Override
  public Optional<List<Step>> dissolve(SubmissionId carrier) {
    return journal.dissolve(carrier);
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    return journal.lease(chain, signer, holder, term);
  }

  @Override
  public void release(SignerLease lease) {
    journal.release(lease);
  }

  @Override
  public Optional<Submission> find(SubmissionId id) {
    return journal.find(id);
  }

  @Override
  public List<SignedTransaction> attempts(SubmissionId id) {
    return journal.attempts(id);
  }

  @Override
  public List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    return journal.open(chain, account);
  }

  @Override
  public List<Submission> included(Caip2ChainId chain, EvmAddress signer) {
    return journal.included(chain, signer);
  }

  @Override
  public List<Submission> finals(Caip2ChainId chain, EvmAddress signer, long below, int limit) {
    return journal.finals(chain, signer, below, limit);
  }

  @Override
  public List<Submission> fromNonce(Caip2ChainId chain, EvmAddress signer, long nonce) {
    return journal.fromNonce(chain, signer, nonce);
  }

  @Override
  public BigInteger committed(
      Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except) {
    return journal.committed(chain, signer, window, except);
  }

  @Override
  public OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
    return journal.highestNonce(chain, signer);
  }
}
