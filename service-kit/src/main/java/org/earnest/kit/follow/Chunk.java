package org.earnest.kit.follow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
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

  /** That block, the {@link #waypoints} and the blocks that have logs, but for the end. */
  List<Long> heightsFrom(BlockRef from, int most) {
    return Stream.of(
            Stream.of(from.number()),
            waypoints(from, most).stream(),
            blocks().stream().map(BlockRef::number).filter(number -> number != end.number()))
        .flatMap(heights -> heights)
        .distinct()
        .toList();
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

  /** Whether the blocks of its logs are among these, its end apart. */
  boolean isOf(Map<Long, BlockHeader> chain) {
    return blocks().stream()
        .filter(block -> !block.equals(end))
        .allMatch(
            block -> {
              BlockHeader there = chain.get(block.number());
              return there != null && there.ref().equals(block);
            });
  }
}
