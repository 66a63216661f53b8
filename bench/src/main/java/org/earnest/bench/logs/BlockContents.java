package org.earnest.bench.logs;

import java.util.List;

/** What happens in a block: always the same for the same block on the same chain. */
@FunctionalInterface
public interface BlockContents {
  /**
   * The logs of a block, each of a transaction of its own.
   *
   * @param lineage of this block and those before it
   */
  List<SyntheticLog> logs(long block, Lineage lineage);
}
