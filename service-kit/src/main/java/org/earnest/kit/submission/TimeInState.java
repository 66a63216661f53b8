package org.earnest.kit.submission;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.earnest.core.submission.SubmissionId;

/** How long submissions stay in a state, for those that this process saw enter it. */
final class TimeInState {
  /** Others close some of what is watched here; the oldest are forgotten. */
  private static final int MAX_WATCHED = 10_000;

  private final MeterRegistry metrics;
  private final LinkedHashMap<SubmissionId, Entry> entries = new LinkedHashMap<>();

  TimeInState(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  private record Entry(StateName state, long nanos) {}

  synchronized void enter(SubmissionId id, StateName state) {
    Entry left = entries.remove(id);
    if (left != null) {
      metrics
          .timer("submissions.state", "state", left.state().text())
          .record(Duration.ofNanos(System.nanoTime() - left.nanos()));
    }
    if (isLeft(state)) {
      entries.put(id, new Entry(state, System.nanoTime()));
      if (entries.size() > MAX_WATCHED) {
        entries.pollFirstEntry();
      }
    }
  }

  /** Whether something is to follow as a rule. */
  private static boolean isLeft(StateName state) {
    return switch (state) {
      case CLAIMED, PREPARED, SIGNED, BROADCAST, MINED, REVERTED, EXPIRED, REORGANISED -> true;
      // What is carried takes its carrier's time.
      case FINAL, REJECTED, REPLACED, CARRIED, DISSOLVED -> false;
    };
  }
}
