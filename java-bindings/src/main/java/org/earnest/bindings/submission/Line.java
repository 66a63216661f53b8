package org.earnest.bindings.submission;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.earnest.bindings.submission.Preparation.Result.Ready;
import org.earnest.bindings.submission.Replacements.Stuck;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionOperator.Intervention;
import org.earnest.core.submission.SubmissionState.Prepared;

/**
 * One account's transactions in the order of their nonces: new ones at its end, lost ones again.
 */
final class Line {
  private final Turns turns;
  private final Wire wire;
  private final Sequencer sequencer;
  private final Replacements replacements;
  private final Gaps gaps;
  private final Pool pool;

  Line(
      Turns turns,
      Wire wire,
      Sequencer sequencer,
      Replacements replacements,
      Gaps gaps,
      Pool pool) {
    this.pool = pool;
    this.turns = turns;
    this.wire = wire;
    this.sequencer = sequencer;
    this.replacements = replacements;
    this.gaps = gaps;
  }

  /** Signs a claimed submission with the next nonce, and sends it. */
  Signing append(Submission claimed, Ready ready, Patience waiting) {
    return sign(waiting, lease -> sequencer.signNext(lease, turns.hold(), claimed, ready));
  }

  /** Signs what was given a nonce and not signed, by a process that died or was fenced. */
  Signing resume(Submission submission, Prepared prepared, Patience waiting) {
    return sign(waiting, lease -> sequencer.sign(lease, submission, prepared));
  }

  /** The next ones sign while this one is sent, and wait for each other's sending as little. */
  private Signing sign(Patience waiting, Function<SignerLease, Signing> signing) {
    return turns
        .run(waiting, lease -> wire.queued(signing.apply(lease)))
        .map(queued -> sequencer.told(queued.sent(waiting)))
        .orElseGet(Signing.Late::new);
  }

  /**
   * Sends stored bytes again, unless it is another process's turn for as long as patience lasts.
   */
  Submission resend(Submission submission, SignedTransaction transaction, Patience waiting) {
    return turns
        .run(waiting, lease -> sequencer.resend(submission, transaction))
        .orElse(submission);
  }

  /**
   * Sends stored bytes again, or the same with higher fees where the chain asks for more.
   *
   * @return empty while it is another process's turn
   */
  Optional<Submission> urge(Submission open, Patience waiting) {
    return turns.run(waiting, lease -> replacements.urge(lease, open));
  }

  /**
   * Lets an empty transaction take the nonce of what is not mined.
   *
   * @return empty while it is another process's turn
   */
  Optional<Intervention> giveUp(Submission open, Patience waiting) {
    return turns.run(waiting, lease -> replacements.giveUp(lease, open));
  }

  /** What was sent again. */
  record Pushed(int sent, int filled) {}

  /**
   * Sends again what is neither on the chain nor in the node's pool, by nonce, and fills what
   * nobody holds.
   *
   * @param first the lowest nonce that the chain has not seen
   * @return empty while it is another process's turn, whose work this is then
   */
  Optional<Pushed> push(List<Submission> rows, long first, Patience waiting) {
    return turns.run(waiting, lease -> push(rows, first, lease));
  }

  /** Nothing waits: nothing is sent, and nobody's turn is taken. */
  Pushed rest() {
    replacements.forgetAll();
    return new Pushed(0, 0);
  }

  private Pushed push(List<Submission> rows, long first, SignerLease lease) {
    Optional<Stuck> stuck = replacements.stuck(rows, first);
    Predicate<Submission> waits = pool.holds(rows);
    int sent = 0;
    boolean signerAway = false;
    for (Submission row : rows) {
      if (!turns.keep(lease)) {
        return new Pushed(sent, 0);
      }
      if (waits.test(row)) {
        continue;
      }
      if (row.state() instanceof Prepared prepared) {
        // One time-out each would outlast the lease.
        signerAway =
            signerAway
                || sequencer.sent(sequencer.sign(lease, row, prepared)) instanceof Signing.Unsigned;
        sent += signerAway ? 0 : 1;
        continue;
      }
      if (stuck.filter(found -> found.row().id().equals(row.id())).isPresent()) {
        replacements.replace(lease, stuck.get());
      } else {
        sequencer.resend(row, row.state().signed().orElseThrow());
      }
      sent++;
    }
    return new Pushed(sent, signerAway ? 0 : gaps.fill(lease, first));
  }
}
