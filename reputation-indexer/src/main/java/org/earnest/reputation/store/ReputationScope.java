package org.earnest.reputation.store;

import java.util.Optional;
import org.earnest.core.chain.Hash32;

/**
 * How much of an agent's reputation is wanted.
 *
 * @param settledTag only what was settled under this tag
 * @param feedbackTag only feedback that has this as one of its tags
 * @param explained whether with the records and entries behind the numbers
 * @param atBlock as of an older block
 */
public record ReputationScope(
    Optional<Hash32> settledTag,
    Optional<String> feedbackTag,
    boolean explained,
    Optional<Long> atBlock) {
  public static final ReputationScope ALL =
      new ReputationScope(Optional.empty(), Optional.empty(), true, Optional.empty());
}
