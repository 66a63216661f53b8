package org.earnest.escrow.chain;

import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionId;
import org.earnest.escrow.decide.Refusal;
import org.earnest.escrow.store.Deal;

/** What became of a request. */
public sealed interface RelayOutcome {
  /** It is on chain, now or since an earlier request; the deal shows it. */
  record Done(Deal deal) implements RelayOutcome {}

  /** It was sent, and is not on record yet; ask by the submission or the deal. */
  record Waiting(SubmissionId submission, Optional<Hash32> transaction) implements RelayOutcome {}

  record Refused(Refusal refusal) implements RelayOutcome {}

  /** There is no such deal, or no such leg in it. */
  record Unknown(String code, String detail) implements RelayOutcome {}
}
