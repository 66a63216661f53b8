package org.earnest.kit.follow;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;

/** One step along the chain: forward by a range of blocks, or back to where two chains part. */
final class FollowStep {
  private static final int PAGE = 64;

  /**
   * Near the head every recorded block is at most this far from the next one, so that undoing a
   * shallow reorganisation reads little again.
   */
  private static final int DENSE_RANGE = 16;

  private final String name;
  private final ChainReader chain;
  private final FollowStore store;
  private final FollowSettings settings;
  private int range;

  FollowStep(String name, ChainReader chain, FollowStore store, FollowSettings settings) {
    this.name = name;
    this.chain = chain;
    this.store = store;
    this.settings = settings;
    this.range = settings.range();
  }

  /** What a step found; {@code moved} is false when there was nothing to do. */
  record Result(BlockRef cursor, BlockRef head, boolean moved) {}

  /** Refuses a chain that is not the one that the store belongs to; begins where there is none. */
  BlockRef begin() {
    Hash32 genesis = at(0).orElseThrow(FollowStep::noGenesis).ref().hash();
    Optional<Hash32> known = store.genesis();
    if (known.isEmpty()) {
      store.begin(genesis, at(settings.base()).orElseThrow(FollowStep::noGenesis).ref());
    } else if (!known.get().equals(genesis)) {
      throw FollowHaltedException.replaced(name);
    }
    return store.cursor().orElseThrow();
  }

  Result take() {
    BlockRef cursor = begin();
    BlockRef head = chain.block(BlockTag.Named.LATEST).orElseThrow(FollowStep::noGenesis).ref();
    if (head.equals(cursor)) {
      return new Result(cursor, head, false);
    }
    // The end is read before the cursor is judged and again after the logs are read: while it
    // stays the same block, all three belong to one chain.
    Optional<BlockRef> end = ref(target(cursor, head));
    if (!ref(cursor.number()).equals(Optional.of(cursor))) {
      return new Result(rewind(cursor), head, true);
    }
    if (end.isEmpty() || end.get().number() <= cursor.number()) {
      return new Result(cursor, head, false);
    }
    List<ChainLog> logs = logs(cursor.number() + 1, end.get().number());
    if (!ref(end.get().number()).equals(end)) {
      return new Result(cursor, head, true);
    }
    store.append(cursor, end.get(), logs);
    return new Result(end.get(), head, true);
  }

  private long target(BlockRef cursor, BlockRef head) {
    long sparseEnd = head.number() - settings.horizon();
    return cursor.number() < sparseEnd
        ? Math.min(sparseEnd, cursor.number() + range)
        : Math.min(head.number(), cursor.number() + Math.min(range, DENSE_RANGE));
  }

  /** Halves the range when the node refuses it, whatever its words, and grows it slowly again. */
  private List<ChainLog> logs(long from, long to) {
    try {
      List<ChainLog> logs =
          chain.logs(new LogQuery(from, to, settings.contracts(), settings.topics())).stream()
              .filter(log -> !log.removed())
              .toList();
      range = Math.min(settings.range(), range + Math.max(1, range / 2));
      return logs;
    } catch (ChainUnavailableException refused) {
      range = Math.max(1, Math.min(range, (int) (to - from + 1)) / 2);
      throw refused;
    }
  }

  private BlockRef rewind(BlockRef cursor) {
    long deepest = cursor.number() - settings.horizon() - DENSE_RANGE;
    long below = cursor.number();
    while (true) {
      List<BlockRef> page = store.recorded(below, PAGE);
      for (BlockRef block : page) {
        if (block.number() < deepest) {
          throw FollowHaltedException.tooDeep(name, cursor, settings.horizon());
        }
        if (ref(block.number()).equals(Optional.of(block))) {
          store.rewind(block);
          return block;
        }
      }
      if (page.isEmpty()) {
        throw FollowHaltedException.tooDeep(name, cursor, settings.horizon());
      }
      below = page.getLast().number();
    }
  }

  private Optional<BlockRef> ref(long number) {
    return at(number).map(BlockHeader::ref);
  }

  private Optional<BlockHeader> at(long number) {
    return chain.block(new BlockTag.Height(number));
  }

  private static ChainUnavailableException noGenesis() {
    return new ChainUnavailableException("the node has no block at the chain's beginning or head");
  }
}
