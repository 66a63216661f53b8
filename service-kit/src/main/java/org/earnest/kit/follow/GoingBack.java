package org.earnest.kit.follow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.jspecify.annotations.Nullable;

/**
 * How far to go back where a node has not the block that was read last. Only another block in a
 * recorded one's place says that the chain changed. A node that has none there is behind: one of
 * several behind one URL, or one that was not stopped well and reads its last blocks again.
 */
final class GoingBack {
  /**
   * A node that stands still behind us for so long, and for so many looks, is believed: its chain
   * took blocks back and put none in their place. One that lags moves on.
   */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  static final int LOOKS = 3;

  /** Of a chain that is one process on a machine, and goes back when its developer says so. */
  static final Duration DEVELOPMENT_PATIENCE = Duration.ofSeconds(2);

  /** What Hardhat and Anvil, and what Ganache and Geth's development mode call their chains. */
  private static final Set<Caip2ChainId> DEVELOPMENT =
      Set.of(Caip2ChainId.eip155(31_337), Caip2ChainId.eip155(1_337));

  private static final int PAGE = 64;

  private final String name;
  private final ChainReader chain;
  private final FollowStore store;
  private final int horizon;
  private final LongSupplier nanos;

  /** Where the node stands while it is behind. */
  private @Nullable BlockRef standing;

  private long since;
  private int looks;

  /** Another block stood in a recorded one's place when it was last looked for. */
  private boolean changed;

  /**
   * For one follower.
   *
   * @param name who follows, for messages
   * @param nanos as of {@link System#nanoTime}
   */
  GoingBack(String name, ChainReader chain, FollowStore store, int horizon, LongSupplier nanos) {
    this.name = name;
    this.chain = chain;
    this.store = store;
    this.horizon = horizon;
    this.nanos = nanos;
  }

  /** The node has what was read. */
  void isNotBehind() {
    standing = null;
  }

  /** Whether the chain was found to have changed, also where it was not told how far. */
  boolean isChanged() {
    return changed;
  }

  /**
   * Goes back to the newest recorded block that the chain has, if it changed.
   *
   * @param there the block that the chain has at the cursor's height, which is another; empty where
   *     it has none
   * @return where the cursor is now; empty while nothing says that the chain changed
   * @throws FollowHaltedException when it changed deeper than it may, and is as long as what was
   *     read
   */
  Optional<BlockRef> from(BlockRef cursor, BlockRef head, Optional<BlockRef> there) {
    long deepest = cursor.number() - horizon - Storing.DENSE_RANGE;
    changed = there.isPresent();
    // Whoever has a block at the cursor's height has more by now than the head that was told.
    long below = changed ? cursor.number() : Math.min(cursor.number(), head.number() + 1);
    while (true) {
      List<BlockRef> page = store.recorded(below, PAGE);
      for (BlockRef block : page) {
        Optional<BlockRef> told = at(block.number());
        if (told.isEmpty()) {
          return Optional.empty();
        }
        if (told.get().equals(block)) {
          boolean back = changed || (block.number() >= deepest && isBelieved(head));
          return back ? Optional.of(rewound(block)) : Optional.empty();
        }
        changed = true;
        if (block.number() < deepest) {
          return tooDeep(cursor, head);
        }
      }
      if (page.isEmpty()) {
        return changed ? tooDeep(cursor, head) : Optional.empty();
      }
      below = page.getLast().number();
    }
  }

  /** A node that is behind may stand on a fork that it leaves once it reads the chain. */
  private Optional<BlockRef> tooDeep(BlockRef cursor, BlockRef head) {
    if (head.number() < cursor.number()) {
      return Optional.empty();
    }
    throw FollowHaltedException.tooDeep(name, cursor, horizon);
  }

  /** Goes back to the recorded block before one that was read; the chain has both. */
  BlockRef before(BlockRef block) {
    return rewound(store.recorded(block.number(), 1).getFirst());
  }

  private BlockRef rewound(BlockRef block) {
    store.rewind(block);
    return block;
  }

  private boolean isBelieved(BlockRef head) {
    long now = nanos.getAsLong();
    if (!head.equals(standing)) {
      standing = head;
      since = now;
      looks = 0;
    }
    Duration patience = DEVELOPMENT.contains(chain.chainId()) ? DEVELOPMENT_PATIENCE : PATIENCE;
    return ++looks >= LOOKS && now - since >= patience.toNanos();
  }

  private Optional<BlockRef> at(long number) {
    return chain
        .block(new BlockTag.Height(number))
        .map(BlockHeader::ref)
        .filter(block -> block.number() == number);
  }
}
