package org.earnest.bench.logs;

import java.util.List;

/** What happens in a block: always the same for the same two numbers. */
@FunctionalInterface
public interface BlockContents {
  /**
   * The logs of a block, each of a transaction of its own.
   *
   * @param fork 0 on the chain as it began; a block that took another's place has a higher one
   */
  List<SyntheticLog> logs(long block, int fork);
}
