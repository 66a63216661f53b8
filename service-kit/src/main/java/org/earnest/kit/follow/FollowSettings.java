package org.earnest.kit.follow;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.NewHeads;
import org.earnest.kit.logcache.LogCaches;

/**
 * What is followed, and how.
 *
 * @param contracts whose logs
 * @param topics event signatures; empty for any
 * @param base the block after which logs are wanted; the one before the first deployment will do
 * @param pollInterval between two looks at the head
 * @param range blocks of one log query at most; fewer where answers grow large or the node refuses
 * @param horizon how deep a reorganisation may be, in blocks
 * @param cache where final logs are kept
 * @param heads what tells when to look before the interval is over
 */
public record FollowSettings(
    Set<EvmAddress> contracts,
    List<Hash32> topics,
    long base,
    Duration pollInterval,
    int range,
    int horizon,
    LogCaches cache,
    NewHeads heads) {
  public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofMillis(500);

  /** While new heads are told, and somebody has to notice when they are not. */
  static final Duration LISTENING_INTERVAL = Duration.ofSeconds(5);

  public static final int DEFAULT_RANGE = 10_000;

  /** Blocks of the first query. */
  static final int FIRST_RANGE = 50;

  public static final int DEFAULT_HORIZON = 256;

  public FollowSettings {
    contracts = Set.copyOf(contracts);
    topics = List.copyOf(topics);
    if (contracts.isEmpty() || base < 0 || range < 1 || horizon < 1) {
      throw new IllegalArgumentException("contracts, a base, a range and a horizon are needed");
    }
  }

  /** Everything that some contracts log, from the chain's beginning, with the default bounds. */
  public static FollowSettings of(Set<EvmAddress> contracts) {
    return new FollowSettings(
        contracts,
        List.of(),
        0,
        DEFAULT_POLL_INTERVAL,
        DEFAULT_RANGE,
        DEFAULT_HORIZON,
        LogCaches.NONE,
        NewHeads.NONE);
  }

  /** The same with other ranges. */
  public FollowSettings withRange(int blocks) {
    return new FollowSettings(contracts, topics, base, pollInterval, blocks, horizon, cache, heads);
  }

  /** The same with another horizon. */
  public FollowSettings withHorizon(int blocks) {
    return new FollowSettings(contracts, topics, base, pollInterval, range, blocks, cache, heads);
  }

  /** The same after another block. */
  public FollowSettings after(long block) {
    return new FollowSettings(contracts, topics, block, pollInterval, range, horizon, cache, heads);
  }

  /** The same, looking more often or more rarely. */
  public FollowSettings withPollInterval(Duration interval) {
    return new FollowSettings(contracts, topics, base, interval, range, horizon, cache, heads);
  }

  /** The same, looking at once when a new head is told. */
  public FollowSettings listeningTo(NewHeads newHeads) {
    return new FollowSettings(
        contracts, topics, base, pollInterval, range, horizon, cache, newHeads);
  }

  /** The same, with final logs kept. */
  public FollowSettings cachedIn(LogCaches caches) {
    return new FollowSettings(contracts, topics, base, pollInterval, range, horizon, caches, heads);
  }
}
