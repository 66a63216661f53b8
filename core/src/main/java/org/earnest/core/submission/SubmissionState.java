package org.earnest.core.submission;

import java.util.Optional;
import org.earnest.core.chain.BlockRef;

/**
 * Where a submission stands.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>from</th><th>to</th><th>when</th></tr>
 * <tr><td>Claimed</td><td>Signed</td><td>nonce, fees and signature are stored; nothing is sent</td></tr>
 * <tr><td>Claimed</td><td>Rejected</td><td>the rehearsal failed; nothing was signed</td></tr>
 * <tr><td>Rejected</td><td>Claimed</td><td>the same request is made again</td></tr>
 * <tr><td>Signed</td><td>Broadcast</td><td>the node took it</td></tr>
 * <tr><td>Signed, Broadcast</td><td>Mined, Reverted</td><td>its receipt was seen</td></tr>
 * <tr><td>Signed, Broadcast</td><td>Replaced</td><td>another transaction spent the nonce</td></tr>
 * <tr><td>Mined, Reverted, Replaced</td><td>Signed</td><td>a reorganisation took it back; the same bytes are sent again</td></tr>
 * </table>
 */
public sealed interface SubmissionState {
  /** The key is taken; nothing is signed. */
  record Claimed() implements SubmissionState {}

  /** Stored and perhaps sent. */
  record Signed(SignedTransaction transaction) implements SubmissionState {}

  /** Taken by a node. */
  record Broadcast(SignedTransaction transaction) implements SubmissionState {}

  /** In a block, and successful. */
  record Mined(SignedTransaction transaction, BlockRef block) implements SubmissionState {}

  /**
   * In a block, without effect but for its gas.
   *
   * @param reason the contract's error with its arguments, or a sentence
   */
  record Reverted(SignedTransaction transaction, BlockRef block, String reason)
      implements SubmissionState {}

  /** Refused before anything was signed; {@link SubmissionOutcome.Rejected} lists the codes. */
  record Rejected(String code, String reason) implements SubmissionState {}

  /** Can no longer be mined: the nonce was spent by a transaction from elsewhere. */
  record Replaced(SignedTransaction transaction) implements SubmissionState {}

  /** What was signed, if anything. */
  default Optional<SignedTransaction> signed() {
    return switch (this) {
      case Claimed c -> Optional.empty();
      case Rejected r -> Optional.empty();
      case Signed s -> Optional.of(s.transaction());
      case Broadcast b -> Optional.of(b.transaction());
      case Mined m -> Optional.of(m.transaction());
      case Reverted r -> Optional.of(r.transaction());
      case Replaced r -> Optional.of(r.transaction());
    };
  }

  /** Whether somebody still has to do something about it. */
  default boolean open() {
    return switch (this) {
      case Claimed c -> true;
      case Signed s -> true;
      case Broadcast b -> true;
      case Mined m -> false;
      case Reverted r -> false;
      case Rejected r -> false;
      case Replaced r -> false;
    };
  }

  /** Whether the table allows this step; what was signed never changes. */
  default boolean mayBecome(SubmissionState next) {
    boolean sameBytes = signed().equals(next.signed());
    return switch (this) {
      case Claimed c -> next instanceof Signed || next instanceof Rejected;
      case Rejected r -> next instanceof Claimed;
      case Signed s -> sameBytes && (next instanceof Broadcast || closes(next));
      case Broadcast b -> sameBytes && closes(next);
      case Mined m -> sameBytes && next instanceof Signed;
      case Reverted r -> sameBytes && next instanceof Signed;
      case Replaced r -> sameBytes && next instanceof Signed;
    };
  }

  private static boolean closes(SubmissionState next) {
    return next instanceof Mined || next instanceof Reverted || next instanceof Replaced;
  }
}
