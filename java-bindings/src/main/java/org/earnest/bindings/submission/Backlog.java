package org.earnest.bindings.submission;

import java.util.Collection;
import java.util.Optional;
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

  /**
   * Nobody works at it here any more.
   *
   * @param outcome empty when it failed; what the journal has of it counts again at the next look
   */
  void end(SubmissionId id, Optional<SubmissionOutcome> outcome) {
    if (outcome.isEmpty() || isClosed(outcome.get())) {
      open.remove(id);
    }
  }

  private static boolean isClosed(SubmissionOutcome outcome) {
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> true;
      case SubmissionOutcome.Rejected rejected -> true;
      case SubmissionOutcome.Pending pending -> false;
      case SubmissionOutcome.Unknown unknown -> false;
    };
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
