package org.earnest.bindings.submission;

import java.util.Optional;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState.Carried;

/** Who has a submission's transaction. */
final class Carriers {
  private Carriers() {}

  /** Its carrier, or itself where none carries it. */
  static Optional<Submission> of(SubmissionJournal journal, Submission submission) {
    return submission.state() instanceof Carried carried
        ? journal.find(carried.carrier())
        : Optional.of(submission);
  }
}
