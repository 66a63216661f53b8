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
import org.earnest.core.submission.SubmissionListener;
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

  /** For each round, so that what is new gets its turn; the next round goes on. */
  static final int MAX_FILLS = 16;

  private final SubmissionJournal journal;
  private final JournalSteps steps;
  private final ChainReader chain;
  private final Preparation preparation;
  private final Sequencer sequencer;
  private final Turns turns;
  private final SubmissionListener listener;
  private final EvmAddress signer;

  Gaps(
      SubmissionJournal journal,
      ChainReader chain,
      Preparation preparation,
      Sequencer sequencer,
      Turns turns,
      SubmissionListener listener,
      EvmAddress signer) {
    this.journal = journal;
    this.steps = new JournalSteps(journal);
    this.chain = chain;
    this.preparation = preparation;
    this.sequencer = sequencer;
    this.turns = turns;
    this.listener = listener;
    this.signer = signer;
  }

  /**
   * Fills what is missing from this nonce to the highest one that was given out, until one cannot
   * be filled or the round has had its share; call it after what is open was sent.
   *
   * @return how many transactions it made
   */
  int fill(SignerLease lease, long first) {
    Set<Long> held = new HashSet<>();
    List<Submission> rows = journal.fromNonce(chain.chainId(), signer, first);
    rows.forEach(row -> row.state().planned().map(TransactionPlan::nonce).ifPresent(held::add));
    long highest = held.stream().mapToLong(Long::longValue).max().orElse(-1);
    int filled = 0;
    long nonce = first;
    while (nonce < highest && filled < MAX_FILLS) {
      if (held.contains(nonce)) {
        nonce++;
        continue;
      }
      long pending = pending();
      if (pending > nonce) {
        // The node counts its pool: whoever else holds the nonce there is waited for.
        nonce = pending;
        continue;
      }
      // What the node does not count up to waits for a lower one.
      if (pending < nonce || !turns.keep(lease) || !fillOne(lease, nonce)) {
        return filled;
      }
      filled++;
      nonce++;
    }
    return filled;
  }

  private long pending() {
    return chain.transactionCount(signer, BlockTag.Named.PENDING).longValueExact();
  }

  private boolean fillOne(SignerLease lease, long nonce) {
    SubmissionRequest nothing =
        new SubmissionRequest("gap:" + signer.hex() + ":" + nonce, signer, EMPTY);
    // Claimed once it can be paid: a gap may close by itself, and would leave an open row behind.
    switch (preparation.prepare(signer, nothing)) {
      case Preparation.Result.Ready ready -> {
        LOG.warn("nonce {} of {} is held by nobody: an empty transaction fills it", nonce, signer);
        Submission claimed = claim(nothing);
        boolean filled =
            claimed.state() instanceof Claimed && sequencer.signWith(lease, claimed, ready, nonce);
        if (filled) {
          listener.gapFilled(signer);
        }
        return filled;
      }
      case Preparation.Result.Refused refused -> {
        LOG.warn("nonce {} of {} cannot be filled: {}", nonce, signer, refused.reason());
        return false;
      }
    }
  }

  private Submission claim(SubmissionRequest nothing) {
    return switch (steps.claim(chain.chainId(), signer, nothing)) {
      case Claim.Taken taken -> taken.submission();
      case Claim.Shared shared -> shared.submission();
      case Claim.Reused reused ->
          throw new IllegalStateException("the key of a gap has another request");
    };
  }
}
