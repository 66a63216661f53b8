package org.earnest.reputation.store;

/** Where a page of feedback ended. */
public record FeedbackPosition(long block, int logIndex) {
  public static final FeedbackPosition START = new FeedbackPosition(-1, 0);
}
