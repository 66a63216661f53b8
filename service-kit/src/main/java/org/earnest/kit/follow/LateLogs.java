package org.earnest.kit.follow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogsBloom;

/**
 * Tells an answer without logs from one that came too early: a node may know a block before its
 * logs, and then answers that there are none. Where a new block's header speaks of a contract that
 * is followed, and no log of it came, it is asked again for a while. A header may speak of what is
 * not there, so what is answered again and again is believed.
 */
final class LateLogs {
  /** From the head down; what lies deeper a node has had the time to look into. */
  static final int BLOCKS = 8;

  /** For which an answer without logs is doubted, and by how many answers at least. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  static final int ANSWERS = 3;

  /** Blocks that are doubted or believed; there are never so many at once. */
  private static final int REMEMBERED = 16 * BLOCKS;

  private final FollowSettings settings;
  private final LongSupplier nanos;
  private final Map<Hash32, Doubt> doubts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, Doubt> eldest) {
          return size() > REMEMBERED;
        }
      };

  LateLogs(FollowSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
  }

  private record Doubt(long since, int answers) {
    boolean isOver(long now) {
      return answers >= ANSWERS && now - since >= PATIENCE.toNanos();
    }
  }

  /**
   * The first block whose logs may be missing. Each call is one more answer for all of them, so
   * that blocks are doubted beside each other, not one after the other.
   *
   * @param header of a block of the chain; empty where the node tells none now
   */
  OptionalLong firstDoubted(
      long from,
      long to,
      long head,
      List<ChainLog> logs,
      LongFunction<Optional<BlockHeader>> header) {
    OptionalLong first = OptionalLong.empty();
    for (long number = Math.max(from, head - BLOCKS + 1); number <= to; number++) {
      long block = number;
      if (logs.stream().noneMatch(log -> log.ref().block().number() == block)
          && header.apply(block).filter(this::speaksOfUs).filter(this::isDoubted).isPresent()
          && first.isEmpty()) {
        first = OptionalLong.of(block);
      }
    }
    return first;
  }

  private boolean isDoubted(BlockHeader header) {
    Doubt before = doubts.get(header.ref().hash());
    Doubt now =
        before == null
            ? new Doubt(nanos.getAsLong(), 1)
            : new Doubt(before.since(), before.answers() + 1);
    doubts.put(header.ref().hash(), now);
    return !now.isOver(nanos.getAsLong());
  }

  private boolean speaksOfUs(BlockHeader header) {
    LogsBloom bloom = header.bloom();
    return settings.contracts().stream().map(EvmAddress::bytes).anyMatch(bloom::mayHold)
        && (settings.topics().isEmpty()
            || settings.topics().stream().map(Hash32::bytes).anyMatch(bloom::mayHold));
  }
}
