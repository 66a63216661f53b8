package org.earnest.bindings.rpc;

import java.time.Duration;

/**
 * How long nodes are waited for.
 *
 * @param attemptTimeout for one node's answer, to its last byte
 * @param callTimeout for one call, with all that is asked, repeated and waited for on its behalf
 * @param firstPause before the first repetition; the next are twice as long each, all with jitter
 * @param longestPause at which that ends
 * @param breakerPause for which a node that fails again and again is not asked
 * @param lookInterval after which a node is asked for its chain once more
 */
public record RpcSettings(
    Duration attemptTimeout,
    Duration callTimeout,
    Duration firstPause,
    Duration longestPause,
    Duration breakerPause,
    Duration lookInterval) {
  /** Half of a request's thirty seconds, so that its answer can still say what is the matter. */
  public static final RpcSettings DEFAULT =
      new RpcSettings(
          Duration.ofSeconds(8),
          Duration.ofSeconds(15),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1));

  /** Rounds over all nodes for one call that may be repeated. */
  static final int MAX_ROUNDS = 3;

  /** Of a pause, up and down, so that many callers do not come back at once. */
  static final double JITTER = 0.25;

  /** Failures in a row after which a node is given a rest. */
  static final int FAILURES_TO_OPEN = 3;
}
