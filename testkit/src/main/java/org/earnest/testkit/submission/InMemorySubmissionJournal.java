package org.earnest.testkit.submission;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Rejected;

/** A journal that lives as long as its object: a restart is a new engine on the same journal. */
public final class InMemorySubmissionJournal implements SubmissionJournal {
  private final Map<SubmissionId, Submission> rows = new LinkedHashMap<>();

  @Override
  public synchronized Claim claim(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    Submission fresh = new Submission(chain, sender, request, new Claimed());
    Submission held = rows.get(fresh.id());
    if (held != null && !held.request().equals(request)) {
      return new Claim.Reused(held.id());
    }
    if (held != null && !(held.state() instanceof Rejected)) {
      return new Claim.Shared(held);
    }
    rows.put(fresh.id(), fresh);
    return new Claim.Taken(fresh);
  }

  @Override
  public synchronized Transition advance(
      SubmissionId id, SubmissionState from, SubmissionState to) {
    if (!from.mayBecome(to)) {
      throw new IllegalArgumentException("no step from " + from + " to " + to);
    }
    Submission held = rows.get(id);
    if (held == null || !held.state().equals(from)) {
      return Transition.STALE;
    }
    if (from instanceof Claimed && to.signed().stream().anyMatch(tx -> taken(held.chain(), tx))) {
      return Transition.NONCE_TAKEN;
    }
    rows.put(id, held.in(to));
    return Transition.APPLIED;
  }

  private boolean taken(Caip2ChainId chain, SignedTransaction wanted) {
    return signedBy(chain, wanted.signer()).anyMatch(row -> nonce(row) == wanted.nonce());
  }

  @Override
  public synchronized Optional<Submission> find(SubmissionId id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public synchronized List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    return rows.values().stream()
        .filter(row -> row.chain().equals(chain) && responsible(row).equals(account))
        .filter(row -> row.state().open())
        .sorted(Comparator.comparingLong(InMemorySubmissionJournal::nonce))
        .toList();
  }

  @Override
  public synchronized List<Submission> fromNonce(
      Caip2ChainId chain, EvmAddress signer, long nonce) {
    return signedBy(chain, signer)
        .filter(row -> nonce(row) >= nonce)
        .sorted(Comparator.comparingLong(InMemorySubmissionJournal::nonce))
        .toList();
  }

  @Override
  public synchronized OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
    return signedBy(chain, signer).mapToLong(InMemorySubmissionJournal::nonce).max();
  }

  private Stream<Submission> signedBy(Caip2ChainId chain, EvmAddress signer) {
    return rows.values().stream()
        .filter(row -> row.chain().equals(chain))
        .filter(row -> row.state().signed().filter(tx -> tx.signer().equals(signer)).isPresent());
  }

  private static EvmAddress responsible(Submission row) {
    return row.state().signed().map(SignedTransaction::signer).orElse(row.sender());
  }

  private static long nonce(Submission row) {
    return row.state().signed().map(SignedTransaction::nonce).orElse(Long.MAX_VALUE);
  }
}
