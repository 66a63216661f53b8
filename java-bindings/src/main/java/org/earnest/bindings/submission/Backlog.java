package org.earnest.bindings.submission;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;

/**
 * What one account has before it: what is under way here, and what waits with one of its nonces.
 */
final class Backlog {
  private final Map<SubmissionId, Integer> here = new ConcurrentHashMap<>();
  private final Set<SubmissionId> numbered = ConcurrentHashMap.newKeySet();

  void begin(SubmissionId id) {
    here.merge(id, 1, Integer::sum);
  }

  /**
   * One who asked for it has gone.
   *
   * @param outcome empty when it failed; what the journal has of it counts again at the next look
   */
  void end(SubmissionId id, Optional<SubmissionOutcome> outcome) {
    if (outcome.isEmpty() || isClosed(outcome.get())) {
      numbered.remove(id);
    } else {
      numbered.add(id);
    }
    here.computeIfPresent(id, (same, callers) -> callers == 1 ? null : callers - 1);
  }

  private static boolean isClosed(SubmissionOutcome outcome) {
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> true;
      case SubmissionOutcome.Rejected rejected -> true;
      case SubmissionOutcome.Pending pending -> false;
      case SubmissionOutcome.Unknown unknown -> false;
    };
  }

  /**
   * By what the journal says. A claim whose caller went away waits for nothing of the account's.
   */
  void set(Collection<SubmissionId> ids) {
    numbered.addAll(ids);
    numbered.retainAll(ids);
  }

  boolean isUnderWay(SubmissionId id) {
    return here.containsKey(id);
  }

  int size() {
    return (int) Stream.concat(here.keySet().stream(), numbered.stream()).distinct().count();
  }
}
