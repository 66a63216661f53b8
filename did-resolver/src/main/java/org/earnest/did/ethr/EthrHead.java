package org.earnest.did.ethr;

import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainUnavailableException;
import org.jspecify.annotations.Nullable;

/** The head as it was a moment ago, so that not every remembered answer costs a question. */
final class EthrHead {
  /** How late a new block may be noticed by those who may be answered from memory. */
  static final Duration FRESHNESS = Duration.ofMillis(200);

  private final EthrRegistryReader registry;
  private volatile @Nullable Seen seen;

  EthrHead(EthrRegistryReader registry) {
    this.registry = registry;
  }

  private record Seen(Optional<BlockRef> block, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESHNESS.toNanos();
    }
  }

  /** Empty while the chain does not answer. */
  Optional<BlockRef> block() {
    Seen last = seen;
    return last != null && last.isFresh() ? last.block : look();
  }

  private synchronized Optional<BlockRef> look() {
    Seen last = seen;
    if (last != null && last.isFresh()) {
      return last.block;
    }
    Optional<BlockRef> block;
    try {
      block = Optional.of(registry.head().ref());
    } catch (ChainUnavailableException unavailable) {
      block = Optional.empty();
    }
    seen = new Seen(block, System.nanoTime());
    return block;
  }
}
