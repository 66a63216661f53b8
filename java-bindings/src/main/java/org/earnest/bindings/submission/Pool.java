package org.earnest.bindings.submission;

import java.util.List;
import java.util.function.Predicate;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionState.Broadcast;

/** What the node holds of one account's transactions, and waits to mine. */
final class Pool {
  /** So often all are sent again whatever the node counts, as it may be wrong. */
  private static final int ROUNDS_BELIEVED = 6;

  private final ChainReader chain;
  private final EvmAddress sender;
  private int rounds;

  Pool(ChainReader chain, EvmAddress sender) {
    this.chain = chain;
    this.sender = sender;
  }

  /**
   * Which of these need not be sent again: those that a node took and counts. The lowest is sent
   * whatever it counts, as the others wait for that.
   *
   * @param rows by nonce
   */
  Predicate<Submission> holds(List<Submission> rows) {
    if (rows.size() < 2 || ++rounds % ROUNDS_BELIEVED == 0) {
      return row -> false;
    }
    long counted = chain.transactionCount(sender, BlockTag.Named.PENDING).longValueExact();
    long lowest = nonce(rows.getFirst());
    return row -> row.state() instanceof Broadcast && nonce(row) > lowest && nonce(row) < counted;
  }

  private static long nonce(Submission row) {
    return row.state().planned().orElseThrow().nonce();
  }
}
