package org.earnest.bench.logs;

import java.util.List;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What a contract said, without its place.
 *
 * @param data prefixed hexadecimal
 */
public record SyntheticLog(EvmAddress address, List<Hash32> topics, String data) {
  public SyntheticLog {
    topics = List.copyOf(topics);
  }
}
