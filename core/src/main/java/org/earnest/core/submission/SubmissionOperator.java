package org.earnest.core.submission;

import org.earnest.core.chain.ChainUnavailableException;

/**
 * What a person may do about a submission that stays where it is. Both go by way of the engine, and
 * change nothing that was promised to its callers: at most one of its attempts is mined.
 */
public interface SubmissionOperator {
  /**
   * Looks at it now: what was mined is recorded; what was not is sent again as the same bytes, or,
   * where the chain asks for more than they offer, with higher fees within the caps. Signs nothing
   * that its caller did not ask for. Done is also what was found closed; what was closed before,
   * and still is, is refused.
   *
   * @throws ChainUnavailableException when the chain cannot be asked
   * @throws JournalUnavailableException when the journal cannot be asked
   */
  Intervention retry(SubmissionId id);

  /**
   * Gives it up, whatever its caller allowed: an empty transaction takes its nonce, unless one of
   * the earlier attempts is mined first.
   *
   * @throws ChainUnavailableException when the chain cannot be asked
   * @throws JournalUnavailableException when the journal cannot be asked
   */
  Intervention cancel(SubmissionId id);

  /** What came of it. */
  sealed interface Intervention {
    /** Done; the submission as it stands now. */
    record Done(Submission submission) implements Intervention {}

    /**
     * Not done.
     *
     * @param code stable: {@code submission_not_found}; {@code submission_unsigned}, as it has no
     *     nonce; {@code submission_closed}, as a block has it; {@code account_elsewhere}, as its
     *     key is in another process; {@code account_busy}, as another process has the account's
     *     turn; {@code insufficient_funds}; {@code cancellation_refused} by the key's policy or its
     *     signer
     * @param reason a sentence, with what to do
     */
    record Refused(String code, String reason) implements Intervention {}
  }
}
