package org.earnest.reputation.store;

import java.util.List;
import java.util.OptionalLong;
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

  /**
   * What anybody appended to an entry.
   *
   * @param time of the log's block, in seconds since 1970; empty until anybody told it
   */
  public record Response(
      LogRef log, OptionalLong time, EvmAddress responder, String uri, Hash32 hash) {}
}
