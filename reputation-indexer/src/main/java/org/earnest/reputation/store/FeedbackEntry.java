package org.earnest.reputation.store;

import java.util.List;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;

/**
 * A feedback entry with what was answered to it.
 *
 * @param responses the oldest first, at most {@link ReputationQueries#MAX_RESPONSES}
 */
public record FeedbackEntry(Feedback feedback, List<Response> responses) {
  public FeedbackEntry {
    responses = List.copyOf(responses);
  }

  /** What anybody appended to an entry. */
  public record Response(LogRef log, EvmAddress responder, String uri, Hash32 hash) {}
}
