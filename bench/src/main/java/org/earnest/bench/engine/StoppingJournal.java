package org.earnest.bench.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;

/** Passes everything on, and stops between two steps where it is told to. */
final class StoppingJournal extends ForwardingSubmissionJournal {
  private final Stop stop;

  StoppingJournal(SubmissionJournal journal, Stop stop) {
    super(journal);
    this.stop = stop;
  }

  @Override
  public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    stop.reach(KillPoint.UNCLAIMED);
    Claim claim = super.claim(chain, sender, request);
    if (claim instanceof Claim.Taken) {
      stop.reach(KillPoint.CLAIMED);
    }
    return claim;
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    if (to instanceof SubmissionState.Mined) {
      stop.reach(KillPoint.MINED_UNSTORED);
    }
    return stored(to, super.advance(id, from, to));
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    if (to instanceof SubmissionState.Signed) {
      stop.reach(KillPoint.SIGNED_UNSTORED);
    }
    return stored(to, super.advance(lease, id, from, to));
  }

  private Transition stored(SubmissionState to, Transition transition) {
    if (transition == Transition.APPLIED) {
      point(to).ifPresent(stop::reach);
    }
    return transition;
  }

  private static Optional<KillPoint> point(SubmissionState stored) {
    return switch (stored) {
      case SubmissionState.Prepared s -> Optional.of(KillPoint.NUMBERED);
      case SubmissionState.Signed s -> Optional.of(KillPoint.SIGNED);
      case SubmissionState.Broadcast s -> Optional.of(KillPoint.BROADCAST);
      case SubmissionState.Mined s -> Optional.of(KillPoint.MINED);
      case SubmissionState.Final s -> Optional.of(KillPoint.FINAL);
      case SubmissionState.Claimed s -> Optional.empty();
      case SubmissionState.Rejected s -> Optional.empty();
      case SubmissionState.Reverted s -> Optional.empty();
      case SubmissionState.Expired s -> Optional.empty();
      case SubmissionState.Replaced s -> Optional.empty();
      case SubmissionState.Reorganised s -> Optional.empty();
      case SubmissionState.Carried s -> Optional.empty();
      case SubmissionState.Dissolved s -> Optional.empty();
    };
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    Optional<SignerLease> lease = super.lease(chain, signer, holder, term);
    if (lease.isPresent()) {
      stop.reach(KillPoint.LEASED);
    }
    return lease;
  }

  @Override
  public void release(SignerLease lease) {
    stop.reach(KillPoint.UNRELEASED);
    super.release(lease);
  }
}
