package org.earnest.reputation.store;

import org.earnest.core.chain.LogRef;

/** Where a page of feedback ended. */
public record FeedbackPosition(long block, int logIndex) {
  public static final FeedbackPosition START = new FeedbackPosition(-1, 0);

  static FeedbackPosition of(LogRef log) {
    return new FeedbackPosition(log.block().number(), log.logIndex());
  }
}
