package org.earnest.reputation.reading;

/** SQL about the payments that feedback files claim. */
public final class ClaimedPayments {
  private ClaimedPayments() {}

  /** Whether an earlier feedback that is still on record was paid for by the same transaction. */
  static String before(String note) {
    return ("(%1$s.payment_transaction is not null and exists (select 1 from"
            + " reputation_file.feedback_file o"
            + " join reputation.feedback g using (chain, block_hash, log_index)"
            + " where o.chain = %1$s.chain and o.payment_transaction = %1$s.payment_transaction"
            + " and (o.block_number, o.log_index) < (%1$s.block_number, %1$s.log_index)))")
        .formatted(note);
  }

  /**
   * The verdict's word; a transaction that an earlier feedback names makes it wrong.
   *
   * @param note the alias of {@code reputation_file.feedback_file}
   */
  public static String state(String note) {
    return "(case when "
        + note
        + ".payment = 'verified' and "
        + before(note)
        + " then 'wrong' else "
        + note
        + ".payment end)";
  }
}
