package org.earnest.bindings.submission;

import java.util.BitSet;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Rejected;

/**
 * Batches that nobody has signed: whoever was to do so died, or the chain was away. What was
 * rehearsed then may fail by now, and what fails on the chain stays failed under its key; alone it
 * is refused, and costs nothing.
 */
final class LateBatches {
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

  private boolean wouldDoAll(SubmissionRequest execute) {
    BitSet good = trial.succeeding(sender, new ChainCall(execute.to(), execute.data()));
    return good.cardinality() == CallBatchCalls.size(execute.data());
  }
}
