package org.earnest.bindings.submission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.TransactionPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the nonces that nobody holds and that keep later ones from being mined. They come about
 * when a transaction from elsewhere was counted as pending, and then forgotten. A gap is filled
 * with a transaction without value or data to the account itself, journaled as every other.
 */
final class Gaps {
  private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);
  private static final String EMPTY = "0x";

  private final SubmissionJournal journal;
  private final ChainReader chain;
  private final Preparation preparation;
  private final Sequencer sequencer;
  private final EvmAddress signer;

  Gaps(
      SubmissionJournal journal,
      ChainReader chain,
      Preparation preparation,
      Sequencer sequencer,
      EvmAddress signer) {
    this.journal = journal;
    this.chain = chain;
    this.preparation = preparation;
    this.sequencer = sequencer;
    this.signer = signer;
  }

  /**
   * Fills what is missing from this nonce to the highest one that was given out; call it after what
   * is open was sent.
   *
   * @return how many transactions it made
   */
  int fill(SignerLease lease, long first) {
    Set<Long> held = new HashSet<>();
    List<Submission> rows = journal.fromNonce(chain.chainId(), signer, first);
    rows.forEach(row -> row.state().planned().map(TransactionPlan::nonce).ifPresent(held::add));
    long highest = held.stream().mapToLong(Long::longValue).max().orElse(-1);
    int filled = 0;
    for (long nonce = first; nonce < highest; nonce++) {
      if (!held.contains(nonce) && isFree(nonce) && fillOne(lease, nonce)) {
        filled++;
      }
    }
    return filled;
  }

  /** The node counts its pool: whoever else holds the nonce there is waited for. */
  private boolean isFree(long nonce) {
    return chain.transactionCount(signer, BlockTag.Named.PENDING).longValueExact() == nonce;
  }

  private boolean fillOne(SignerLease lease, long nonce) {
    SubmissionRequest nothing =
        new SubmissionRequest("gap:" + signer.hex() + ":" + nonce, signer, EMPTY);
    Submission claimed =
        switch (journal.claim(chain.chainId(), signer, nothing)) {
          case Claim.Taken taken -> taken.submission();
          case Claim.Shared shared -> shared.submission();
          case Claim.Reused reused ->
              throw new IllegalStateException("the key of a gap has another request");
        };
    if (!(claimed.state() instanceof Claimed)) {
      return false;
    }
    switch (preparation.prepare(signer, nothing)) {
      case Preparation.Result.Ready ready -> {
        LOG.warn("nonce {} of {} is held by nobody: an empty transaction fills it", nonce, signer);
        return sequencer.signWith(lease, claimed, ready, nonce);
      }
      case Preparation.Result.Refused refused -> {
        LOG.warn("nonce {} of {} cannot be filled: {}", nonce, signer, refused.reason());
        return false;
      }
    }
  }
}
