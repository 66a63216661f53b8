package org.earnest.bindings.submission;

import java.util.Locale;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOperator.Intervention;

/** What an operator may do about one submission of the account. */
final class Interventions {
  static final String TOO_LATE = "its nonce is spent in a block, and nothing can be cancelled";

  private final SubmissionJournal journal;
  private final Reconciler reconciler;
  private final Revision revision;
  private final Receipts receipts;
  private final Line line;
  private final JournalSteps steps;

  Interventions(
      SubmissionJournal journal,
      Reconciler reconciler,
      Revision revision,
      Receipts receipts,
      Line line,
      JournalSteps steps) {
    this.journal = journal;
    this.reconciler = reconciler;
    this.revision = revision;
    this.receipts = receipts;
    this.line = line;
    this.steps = steps;
  }

  /** A round for the account first, as a lower nonce may be what keeps it. */
  Intervention retry(Submission row, Patience waiting) {
    reconciler.reconcile(waiting);
    Submission now = steps.reread(row);
    if (!now.state().open()) {
      now = revision.look(now, now.state().signed().orElseThrow()).submission();
    }
    if (now.state().open()) {
      return line.urge(now, waiting)
          .<Intervention>map(Intervention.Done::new)
          .orElseGet(Interventions::busy);
    }
    return now.state().equals(row.state())
        ? closed(now, "there is nothing to send again")
        : new Intervention.Done(now);
  }

  Intervention cancel(Submission row, Patience waiting) {
    Submission now = seen(row);
    if (!now.state().open()) {
      return closed(now, TOO_LATE);
    }
    Intervention outcome = line.giveUp(now, waiting).orElseGet(Interventions::busy);
    if (outcome instanceof Intervention.Done) {
      // As if its caller had allowed it, should an earlier attempt be mined and fall out again.
      var unused = journal.claim(now.chain(), now.sender(), now.request().orCancelled());
    }
    return outcome;
  }

  /** It may have been mined since anybody looked. */
  private Submission seen(Submission row) {
    return row.state().signed().isPresent() && row.state().open()
        ? receipts.recordOrReplace(row).orElse(row)
        : row;
  }

  private static Intervention busy() {
    return new Intervention.Refused(
        "account_busy", "Another process holds the account's lease: try again.");
  }

  static Intervention closed(Submission row, String hence) {
    String state = JournalSteps.name(row.state()).toLowerCase(Locale.ROOT);
    return new Intervention.Refused("submission_closed", "It is " + state + ": " + hence + ".");
  }
}
