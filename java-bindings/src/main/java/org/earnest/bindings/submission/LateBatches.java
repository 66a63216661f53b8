package org.earnest.bindings.submission;

import java.util.BitSet;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches that come to nothing. Those that nobody has signed, as whoever was to do so died or the
 * chain was away, are rehearsed again: what fails on the chain stays failed under its key; alone it
 * is refused, and costs nothing.
 */
final class LateBatches {
  private static final Logger LOG = LoggerFactory.getLogger(LateBatches.class);

  private final BatchTrial trial;
  private final JournalSteps steps;
  private final EvmAddress sender;

  LateBatches(ChainReader chain, JournalSteps steps, EvmAddress sender) {
    this.trial = new BatchTrial(chain);
    this.steps = steps;
    this.sender = sender;
  }

  /** The carrier as it stands; refused where it is not signed and not all would succeed. */
  Submission judged(Submission carrier) {
    return carrier.state() instanceof Claimed && !wouldDoAll(carrier.request())
        ? steps.reject(carrier, new Rejected("reverted", "a call of this batch would fail by now"))
        : carrier;
  }

  /** Whether its items were given up, and go on without it. */
  boolean givenUp(Submission carrier) {
    return carrier.state().cameToNothing()
        && givenUp(carrier.id(), carrier.state().signed().isPresent());
  }

  /** Whether they were, by what is told of the carrier. */
  boolean givenUp(SubmissionId carrier, SubmissionOutcome told) {
    return told instanceof SubmissionOutcome.Rejected rejected
        && givenUp(carrier, rejected.transaction().isPresent());
  }

  private boolean givenUp(SubmissionId carrier, boolean signed) {
    try {
      return steps.dissolve(carrier);
    } catch (JournalUnavailableException e) {
      if (!signed) {
        throw e;
      }
      // Whoever asks gets the hash, and not the failure; the next one to ask tries again.
      LOG.warn("what {} carried waits for it: {}", carrier, e.getMessage());
      return false;
    }
  }

  private boolean wouldDoAll(SubmissionRequest execute) {
    BitSet good = trial.succeeding(sender, new ChainCall(execute.to(), execute.data()));
    return good.cardinality() == CallBatchCalls.size(execute.data());
  }
}
