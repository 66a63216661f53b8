package org.earnest.core.chain;

import java.util.List;
import java.util.OptionalLong;

/**
 * An event as the chain recorded it.
 *
 * @param topics zero to four; the first is the event's signature unless anonymous
 * @param data ABI-encoded members that are not indexed, as prefixed hexadecimal
 * @param removed true when a reorganisation took the log back
 * @param time when its block was made, in seconds since 1970; empty where that is not told beside
 *     the log
 */
public record ChainLog(
    LogRef ref,
    EvmAddress address,
    List<Hash32> topics,
    String data,
    boolean removed,
    OptionalLong time) {
  public ChainLog {
    topics = List.copyOf(topics);
  }

  /** One without the time of its block. */
  public ChainLog(
      LogRef ref, EvmAddress address, List<Hash32> topics, String data, boolean removed) {
    this(ref, address, topics, data, removed, OptionalLong.empty());
  }
}
