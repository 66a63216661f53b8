package org.earnest.core.chain;

import java.util.List;
import java.util.Set;

/**
 * Logs wanted of a range of blocks, both ends included.
 *
 * @param addresses emitting contracts; empty for any
 * @param topic0 event signatures; empty for any
 */
public record LogQuery(
    long fromBlock, long toBlock, Set<EvmAddress> addresses, List<Hash32> topic0) {
  public LogQuery {
    if (fromBlock < 0 || toBlock < fromBlock) {
      throw new IllegalArgumentException("a block range runs upwards from 0");
    }
    addresses = Set.copyOf(addresses);
    topic0 = List.copyOf(topic0);
  }
}
