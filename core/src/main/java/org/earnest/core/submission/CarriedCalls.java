package org.earnest.core.submission;

import org.earnest.core.chain.ChainUnavailableException;

/** Reads what became of one of several calls in a transaction: no journal stores it. */
public interface CarriedCalls {
  /**
   * By the receipt of the carrier's transaction, as it is now.
   *
   * @param index the call's place among the carrier's
   * @return {@code Settled} or {@code Rejected}; {@code Unknown} while the carrier is in no block,
   *     or where its receipt tells nothing of this call
   * @throws ChainUnavailableException when the chain cannot be asked
   */
  SubmissionOutcome of(Submission carrier, int index);
}
