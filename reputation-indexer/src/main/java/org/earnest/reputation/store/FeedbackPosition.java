package org.earnest.reputation.store;

import java.math.BigInteger;

/**
 * Where a page of feedback ended.
 *
 * @param value times 10^18
 */
public record FeedbackPosition(BigInteger value, long block, int logIndex) {}
