package org.earnest.core.submission;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Sends anew, under the next key, what was mined in vain: only once no reorganisation can make the
 * attempt before have its effect, too.
 *
 * @param most how many attempts there are, 1 or more. Then somebody has to look why.
 */
public record NumberedAttempts(int most) {
  public NumberedAttempts {
    if (most < 1) {
      throw new IllegalArgumentException("there is at least one attempt");
    }
  }

  /**
   * Sends the first attempt that can still have an effect.
   *
   * @param attempt by its number, from 0; the same number gives the same request
   * @param patience for each of them
   * @return what became of the last one that was asked for
   */
  public SubmissionOutcome submit(
      TransactionSubmitter submitter, IntFunction<SubmissionRequest> attempt, Duration patience) {
    SubmissionOutcome outcome = submitter.submit(attempt.apply(0), patience);
    for (int number = 1; number < most && isVain(outcome); number++) {
      outcome = submitter.submit(attempt.apply(number), patience);
    }
    return outcome;
  }

  /** Whether it had no effect, and never will. */
  public static boolean isVain(SubmissionOutcome outcome) {
    return outcome instanceof SubmissionOutcome.Rejected rejected
        && rejected.inclusion().equals(Optional.of(Inclusion.FINAL));
  }
}
