package org.earnest.bench.submissions;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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

/** Counts what is asked of a journal; steps by the state they lead to. */
record MeasuredJournal(SubmissionJournal journal, Tally tally) implements SubmissionJournal {
  @Override
  public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    return tally.time("journal claim", () -> journal.claim(chain, sender, request));
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    return tally.time(step(to), () -> journal.advance(id, from, to));
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    return tally.time(step(to), () -> journal.advance(lease, id, from, to));
  }

  @Override
  public Transition carry(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest carrier, List<Submission> items) {
    return tally.time("journal carry", () -> journal.carry(chain, sender, carrier, items));
  }

  @Override
  public Optional<List<Step>> dissolve(SubmissionId carrier) {
    return tally.time("journal dissolve", () -> journal.dissolve(carrier));
  }

  private static String step(SubmissionState to) {
    return "journal to " + to.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    return tally.time("journal lease", () -> journal.lease(chain, signer, holder, term));
  }

  @Override
  public void release(SignerLease lease) {
    tally.time(
        "journal release",
        () -> {
          journal.release(lease);
          return lease;
        });
  }

  @Override
  public Optional<Submission> find(SubmissionId id) {
    return tally.time("journal find", () -> journal.find(id));
  }

  @Override
  public List<SignedTransaction> attempts(SubmissionId id) {
    return tally.time("journal attempts", () -> journal.attempts(id));
  }

  @Override
  public List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    return tally.time("journal open", () -> journal.open(chain, account));
  }

  @Override
  public List<Submission> included(Caip2ChainId chain, EvmAddress signer) {
    return tally.time("journal included", () -> journal.included(chain, signer));
  }

  @Override
  public List<Submission> finals(Caip2ChainId chain, EvmAddress signer, long below, int limit) {
    return tally.time("journal finals", () -> journal.finals(chain, signer, below, limit));
  }

  @Override
  public List<Submission> fromNonce(Caip2ChainId chain, EvmAddress signer, long nonce) {
    return tally.time("journal from nonce", () -> journal.fromNonce(chain, signer, nonce));
  }

  @Override
  public BigInteger committed(
      Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except) {
    return tally.time("journal committed", () -> journal.committed(chain, signer, window, except));
  }

  @Override
  public OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
    return tally.time("journal highest nonce", () -> journal.highestNonce(chain, signer));
  }
}
