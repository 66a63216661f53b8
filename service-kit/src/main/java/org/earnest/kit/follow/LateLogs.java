package org.earnest.kit.follow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogsBloom;

/**
 * Tells an answer without logs from one that came too early: a node may know a block before its
 * logs, and then answers that there are none. Where a new block's header speaks of a contract that
 * is followed, and no log of it came, it is asked again for a while. A header may speak of what is
 * not there, so what is answered again and again is believed, and asked for again much later.
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
  private final BelievedBlocks believed;
  private final LongSupplier nanos;
  private final Map<Hash32, Doubt> doubts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, Doubt> eldest) {
          return size() > REMEMBERED;
        }
      };

  LateLogs(FollowSettings settings, LogRanges ranges, LongSupplier nanos) {
    this.settings = settings;
    this.believed = new BelievedBlocks(ranges, settings.horizon(), nanos);
    this.nanos = nanos;
  }

  /**
   * What a block's logs are doubted by.
   *
   * @param came whether logs of it came once that are missing again
   */
  private record Doubt(long since, int answers, boolean came) {
    boolean isOver(long now) {
      return answers >= ANSWERS && now - since >= PATIENCE.toNanos();
    }
  }

  /**
   * The first block whose logs may be missing; what is believed before it is asked for again later.
   * Each call is one more answer for all of them, so that blocks are doubted beside each other, not
   * one after the other.
   *
   * @param header of a block of the chain; empty where the node tells none now
   */
  OptionalLong firstDoubted(
      long from,
      long to,
      long head,
      List<ChainLog> logs,
      LongFunction<Optional<BlockHeader>> header) {
    Set<Long> logged =
        logs.stream().map(log -> log.ref().block().number()).collect(Collectors.toSet());
    OptionalLong first = OptionalLong.empty();
    for (long number = from; number <= to; number++) {
      Optional<BlockHeader> silent =
          logged.contains(number)
              ? Optional.empty()
              : header.apply(number).filter(this::speaksOfUs);
      if (silent.isPresent()) {
        boolean doubted = isDoubted(silent.get().ref(), head);
        if (first.isEmpty() && doubted) {
          first = OptionalLong.of(number);
        } else if (first.isEmpty()) {
          believed.add(silent.get().ref());
        }
      }
    }
    return first;
  }

  private boolean isDoubted(BlockRef block, long head) {
    Doubt before = doubts.get(block.hash());
    if (block.number() <= head - BLOCKS && (before == null || !before.came())) {
      return false;
    }
    Doubt now =
        before == null
            ? new Doubt(nanos.getAsLong(), 1, false)
            : new Doubt(before.since(), before.answers() + 1, before.came());
    doubts.put(block.hash(), now);
    return !now.isOver(nanos.getAsLong());
  }

  /**
   * The first block that was believed to have no logs and has some, if it is time to ask; it is
   * doubted anew when it is read.
   *
   * @param cursor a block of the chain
   */
  Optional<BlockRef> come(BlockRef cursor, BlockRef head) {
    Optional<BlockRef> late = believed.come(cursor, head);
    late.ifPresent(block -> doubts.put(block.hash(), new Doubt(nanos.getAsLong(), 0, true)));
    return late;
  }

  private boolean speaksOfUs(BlockHeader header) {
    LogsBloom bloom = header.bloom();
    return settings.contracts().stream().map(EvmAddress::bytes).anyMatch(bloom::mayHold)
        && (settings.topics().isEmpty()
            || settings.topics().stream().map(Hash32::bytes).anyMatch(bloom::mayHold));
  }
}
