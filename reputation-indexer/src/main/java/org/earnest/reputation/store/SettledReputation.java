package org.earnest.reputation.store;

import java.util.List;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.SummaryKey;

/**
 * A settled summary with the records that it adds up.
 *
 * @param evidence the newest first, its share of {@link ReputationQueries#MAX_EVIDENCE}
 */
public record SettledReputation(SummaryKey key, SettledSummary summary, List<Evidence> evidence) {
  public SettledReputation {
    evidence = List.copyOf(evidence);
  }
}
