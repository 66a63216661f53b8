package org.earnest.reputation.store;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/**
 * Which of an agent's feedback is wanted; empty members want any.
 *
 * @param tag as the first or the second tag
 */
public record FeedbackFilter(
    Optional<EvmAddress> client, Optional<String> tag, Optional<Boolean> revoked) {
  public static final FeedbackFilter ANY =
      new FeedbackFilter(Optional.empty(), Optional.empty(), Optional.empty());

  static FeedbackFilter tagged(Optional<String> tag) {
    return new FeedbackFilter(Optional.empty(), tag, Optional.empty());
  }
}
