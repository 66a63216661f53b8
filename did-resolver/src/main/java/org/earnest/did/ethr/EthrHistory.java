package org.earnest.did.ethr;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;

/** Walks an identity's changes back from the newest, each naming the block of the one before. */
final class EthrHistory {
  /** Blocks with changes; each costs a question to the node. */
  static final int MAX_BLOCKS = 1_000;

  static final int MAX_CHANGES = 10_000;

  /** Shorter than a host's patience with a request. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private EthrHistory() {}

  /**
   * Every change up to a block, oldest first.
   *
   * @return empty when there are more than the bounds allow
   * @throws ChainUnavailableException when the node does not answer, lacks old logs or contradicts
   *     itself
   */
  static Optional<List<EthrChange>> read(
      EthrRegistryReader registry, EvmAddress identity, BlockHeader head) {
    long started = System.nanoTime();
    Deque<List<EthrChange>> blocks = new ArrayDeque<>();
    int changes = 0;
    BigInteger above = BigInteger.valueOf(head.ref().number()).add(BigInteger.ONE);
    BigInteger at = registry.changed(identity, head.ref().number());
    while (at.signum() != 0) {
      if (blocks.size() == MAX_BLOCKS || changes > MAX_CHANGES) {
        return Optional.empty();
      }
      if (at.compareTo(above) >= 0) {
        throw new ChainUnavailableException("the registry names a change that comes later");
      }
      requirePatience(started);
      List<EthrChange> found = registry.changes(identity, at.longValueExact());
      if (found.isEmpty()) {
        throw new ChainUnavailableException(
            "the node has no logs of block " + at + "; histories need a node that keeps them");
      }
      changes += found.size();
      blocks.push(found);
      above = at;
      at = found.getFirst().event().previousChange();
    }
    List<EthrChange> history = new ArrayList<>(changes);
    blocks.forEach(history::addAll);
    return Optional.of(history);
  }

  private static void requirePatience(long started) {
    if (System.nanoTime() - started > PATIENCE.toNanos()) {
      throw new ChainUnavailableException(
          "the history was not read within " + PATIENCE.toSeconds() + " s");
    }
  }
}
