package org.earnest.reputation.store;

import java.util.List;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.SummaryKey;

/**
 * A settled summary with the records that it adds up.
 *
 * @param evidence the newest first, at most {@link ReputationQueries#MAX_EVIDENCE}
 * @param records how many there are
 */
public record SettledReputation(
    SummaryKey key, SettledSummary summary, List<Evidence> evidence, long records) {
  public SettledReputation {
    evidence = List.copyOf(evidence);
  }
}
