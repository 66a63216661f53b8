package org.earnest.kit.logcache;

import java.util.List;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;

/**
 * All logs of a range of blocks that passed a filter.
 *
 * @param from the first block
 * @param end the last block, whose hash answers for all before it
 * @param logs in the chain's order; none that a reorganisation took back
 */
public record LogSegment(long from, BlockRef end, List<ChainLog> logs) {
  public LogSegment {
    logs = List.copyOf(logs);
    Span span = new Span(from, end.number());
    for (ChainLog log : logs) {
      if (!span.contains(log.ref().block().number()) || log.removed()) {
        throw new IllegalArgumentException("a log outside of the range " + span);
      }
    }
  }

  public Span span() {
    return new Span(from, end.number());
  }
}
