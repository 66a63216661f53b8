package org.earnest.reputation.store;

import org.earnest.core.chain.LogRef;

/** Where a page of logged entries ended. */
public record LogPosition(long block, int logIndex) {
  public static final LogPosition START = new LogPosition(-1, 0);

  static LogPosition of(LogRef log) {
    return new LogPosition(log.block().number(), log.logIndex());
  }
}
