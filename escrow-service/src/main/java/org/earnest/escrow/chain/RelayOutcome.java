package org.earnest.escrow.chain;

import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionId;
import org.earnest.escrow.decide.Refusal;

/**
 * What became of a request.
 *
 * @param <T> what shows that it is on record
 */
public sealed interface RelayOutcome<T> {
  /** It is on chain, now or since an earlier request. */
  record Done<T>(T shown) implements RelayOutcome<T> {}

  /**
   * It was sent, and is not on record yet; ask by the submission.
   *
   * @param inclusion of the transaction as far as that is known
   */
  record Waiting<T>(
      SubmissionId submission, Optional<Hash32> transaction, Optional<Inclusion> inclusion)
      implements RelayOutcome<T> {
    /** Nobody knows how firmly the chain holds it. */
    Waiting(SubmissionId submission, Optional<Hash32> transaction) {
      this(submission, transaction, Optional.empty());
    }
  }

  record Refused<T>(Refusal refusal) implements RelayOutcome<T> {}

  /** There is no such deal, or no such leg in it. */
  record Unknown<T>(String code, String detail) implements RelayOutcome<T> {}
}
