package org.earnest.bench.engine;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.postgres.DatabaseSettings;

/**
 * What one life of the engine is to do; one line of JSON on its standard input.
 *
 * @param seed of the requests and of the answers that get lost
 * @param urls the node's
 * @param leftovers numbers of requests that earlier lives were asked for, and whose outcome nobody
 *     was told; they are settled before the others are begun
 * @param asks numbers of requests in the order in which they are taken; one that stands here twice
 *     is asked for twice
 * @param threads how many take them
 * @param lostPercent how many of the node's answers get lost, before or after it did what was asked
 * @param leaseMillis the lease's term
 * @param trap where to stop for good
 */
public record Orders(
    long seed,
    List<URI> urls,
    String jdbcUrl,
    String user,
    String password,
    String privateKey,
    String token,
    List<Integer> leftovers,
    List<Integer> asks,
    int threads,
    int lostPercent,
    long leaseMillis,
    Optional<Trap> trap) {

  /**
   * A point to stop at.
   *
   * @param passes how often it is passed before
   * @param amidNewWork whether it counts only once the journal is reconciled and what was left over
   *     is settled; else from the beginning
   */
  public record Trap(KillPoint point, int passes, boolean amidNewWork) {}

  /** The same by way of other URLs. */
  Orders through(URI... others) {
    return new Orders(
        seed,
        List.of(others),
        jdbcUrl,
        user,
        password,
        privateKey,
        token,
        leftovers,
        asks,
        threads,
        lostPercent,
        leaseMillis,
        trap);
  }

  /** The same, with one more URL. */
  public Orders alsoThrough(Relay relay) {
    return through(urls.getFirst(), relay.url());
  }

  DatabaseSettings database() {
    return new DatabaseSettings(jdbcUrl, user, password);
  }

  Work work() {
    return new Work(seed, new EvmAddress(token));
  }

  /** Neither key nor password. */
  @Override
  public String toString() {
    return "Orders[seed=" + seed + ", asks=" + asks.size() + ", trap=" + trap + "]";
  }
}
