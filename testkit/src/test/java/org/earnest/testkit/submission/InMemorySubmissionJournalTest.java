package org.earnest.testkit.submission;

import org.earnest.core.submission.SubmissionJournal;

final class InMemorySubmissionJournalTest extends SubmissionJournalContract {
  private final SubmissionJournal journal = new InMemorySubmissionJournal();

  @Override
  protected SubmissionJournal journal() {
    return journal;
  }
}
