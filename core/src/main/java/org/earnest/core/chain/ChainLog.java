package org.earnest.core.chain;

import java.util.List;

/**
 * An event as the chain recorded it.
 *
 * @param topics zero to four; the first is the event's signature unless anonymous
 * @param data ABI-encoded members that are not indexed, as prefixed hexadecimal
 * @param removed true when a reorganisation took the log back
 */
public record ChainLog(
    LogRef ref, EvmAddress address, List<Hash32> topics, String data, boolean removed) {
  public ChainLog {
    topics = List.copyOf(topics);
  }
}
