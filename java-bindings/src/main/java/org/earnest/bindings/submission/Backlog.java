package org.earnest.bindings.submission;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;

/** What one account has before it: what was begun here, and what the journal has open. */
final class Backlog {
  private final Set<SubmissionId> open = ConcurrentHashMap.newKeySet();

  void begin(SubmissionId id) {
    open.add(id);
  }

  void end(SubmissionId id, SubmissionOutcome outcome) {
    switch (outcome) {
      case SubmissionOutcome.Settled settled -> open.remove(id);
      case SubmissionOutcome.Rejected rejected -> open.remove(id);
      case SubmissionOutcome.Pending pending -> {}
      case SubmissionOutcome.Unknown unknown -> {}
    }
  }

  /** By what the journal says. */
  void set(Collection<SubmissionId> ids) {
    open.addAll(ids);
    open.retainAll(ids);
  }

  int size() {
    return open.size();
  }
}
