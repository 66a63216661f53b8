package org.earnest.kit.follow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.jspecify.annotations.Nullable;

/**
 * Logs of consecutive blocks, in the chain's order.
 *
 * @param end the last block, as it was before the logs were read
 * @param kept by the cache, whose blocks are known to be on the chain
 */
record Chunk(BlockRef end, List<ChainLog> logs, boolean kept) {
  /** The first blocks of it that have so many logs at most, one block at least. */
  Chunk atMost(int many) {
    if (logs.size() <= many) {
      return this;
    }
    BlockRef after = logs.get(many).ref().block();
    int cut = many;
    while (cut > 0 && logs.get(cut - 1).ref().block().equals(after)) {
      cut--;
    }
    while (cut == 0 || logs.get(cut).ref().block().equals(logs.get(cut - 1).ref().block())) {
      if (++cut == logs.size()) {
        return this;
      }
    }
    return new Chunk(logs.get(cut - 1).ref().block(), logs.subList(0, cut), kept);
  }

  Chunk upTo(BlockRef part) {
    return new Chunk(
        part,
        logs.stream().filter(log -> log.ref().block().number() <= part.number()).toList(),
        kept);
  }

  Chunk after(BlockRef part) {
    return new Chunk(
        end,
        logs.stream().filter(log -> log.ref().block().number() > part.number()).toList(),
        kept);
  }

  /** The blocks that have logs, and the last one. */
  List<BlockRef> blocks() {
    List<BlockRef> blocks = new ArrayList<>();
    @Nullable BlockRef last = null;
    for (ChainLog log : logs) {
      if (!log.ref().block().equals(last)) {
        last = log.ref().block();
        blocks.add(last);
      }
    }
    if (!end.equals(last)) {
      blocks.add(end);
    }
    return blocks;
  }

  /**
   * Where there is no block with logs for a while, and one is to be recorded nevertheless.
   *
   * @param from the block before the first
   * @param most blocks from one that is recorded to the next
   */
  List<Long> waypoints(BlockRef from, int most) {
    List<Long> heights = new ArrayList<>();
    long recorded = from.number();
    for (BlockRef block : blocks()) {
      while (block.number() - recorded > most) {
        recorded += most;
        heights.add(recorded);
      }
      recorded = block.number();
    }
    return heights;
  }

  /** Whether its logs are of blocks after that one, one of each height: another node may tell. */
  boolean isAfter(BlockRef before) {
    Map<Long, BlockRef> blocks = new HashMap<>();
    return blocks().stream()
        .allMatch(
            block ->
                block.number() > before.number()
                    && block.number() <= end.number()
                    && blocks.computeIfAbsent(block.number(), unseen -> block).equals(block));
  }

  /**
   * Whether these are all blocks after that one up to the end, each the parent of the next, and the
   * blocks of its logs are among them. Who told each does not matter then: blocks of two chains do
   * not follow each other.
   */
  boolean isOf(BlockRef before, Map<Long, BlockHeader> chain) {
    BlockRef parent = before;
    for (long height = before.number() + 1; height <= end.number(); height++) {
      BlockHeader there = chain.get(height);
      if (there == null || !follows(there, parent)) {
        return false;
      }
      parent = there.ref();
    }
    return blocks().stream().allMatch(block -> isAmong(chain, block));
  }

  /**
   * Hardhat mines many blocks at once by making them up when they are asked for, and these name no
   * parent. On no other chain does a block but the first, so there nothing is believed by this.
   */
  private static boolean follows(BlockHeader block, BlockRef before) {
    return block.parentHash().equals(before.hash()) || block.parentHash().equals(Hash32.ZERO);
  }

  /** Whether its end is among these. */
  boolean endsIn(Map<Long, BlockHeader> chain) {
    return isAmong(chain, end);
  }

  private static boolean isAmong(Map<Long, BlockHeader> chain, BlockRef block) {
    BlockHeader there = chain.get(block.number());
    return there != null && there.ref().equals(block);
  }
}
