package org.earnest.reputation.store;

import java.util.List;
import org.earnest.reputation.fold.FeedbackSummary;

/**
 * The average of an agent's feedback with the entries that it averages.
 *
 * @param revoked entries that are left out
 * @param evidence the newest first, revoked ones too, at most {@link ReputationQueries#MAX_ENTRIES}
 */
public record FeedbackAverage(
    FeedbackSummary summary, long revoked, List<FeedbackSource> evidence) {
  public FeedbackAverage {
    evidence = List.copyOf(evidence);
  }
}
