package org.earnest.bench.submissions;

import java.util.Map;
import org.earnest.core.chain.EvmAddress;

/** One way to send transactions, from an account of its own. */
interface Contender extends AutoCloseable {
  String name();

  /**
   * Makes ready, before the clock runs, to send so many transfers of one unit to this account. Each
   * is asked for once, in about the order of their numbers.
   */
  Sender ready(int count, EvmAddress to);

  /** What was counted since it was made ready; empty where nothing is. */
  default Map<String, Tally.Sum> calls() {
    return Map.of();
  }

  /** Whose transactions are counted. */
  EvmAddress account();

  @Override
  default void close() {}

  /** Sends what was made ready. */
  interface Sender {
    /**
     * Sends one and waits for it.
     *
     * @param number from 0
     * @return whether it was mined and had its effect, as far as the contender knows
     */
    boolean send(int number);
  }
}
