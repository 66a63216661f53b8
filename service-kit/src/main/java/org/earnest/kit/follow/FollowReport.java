package org.earnest.kit.follow;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;

/**
 * What a follower's progress comes to.
 *
 * @param base the block after which logs are wanted
 * @param times of blocks, where they are known
 */
record FollowReport(
    Caip2ChainId chain,
    long base,
    FollowProgress progress,
    Function<BlockRef, OptionalLong> times) {
  private static final double ALL = 100;

  /** What is not all is at most this, so that a rounded figure does not claim it. */
  private static final double NEARLY_ALL = 99.9;

  FollowFigures figures(long events, long reorganisations, FollowSpeed.Speed speed) {
    return new FollowFigures(
        chain.toString(),
        base == 0 ? 0 : base + 1,
        progress.cursor().map(BlockRef::number),
        progress.head().map(BlockRef::number),
        progress.finalized(),
        progress.lag(),
        lagSeconds(),
        percent(),
        events,
        speed.events(),
        eta(speed.blocks()),
        reorganisations,
        progress.fault());
  }

  private Optional<Long> lagSeconds() {
    if (progress.lag().filter(behind -> behind == 0).isPresent()) {
      return Optional.of(0L);
    }
    OptionalLong there = time(progress.cursor());
    OptionalLong top = time(progress.head());
    return there.isPresent() && top.isPresent()
        ? Optional.of(Math.max(0, top.getAsLong() - there.getAsLong()))
        : Optional.empty();
  }

  private OptionalLong time(Optional<BlockRef> block) {
    return block.map(times).orElse(OptionalLong.empty());
  }

  private Optional<Double> percent() {
    return progress
        .lag()
        .map(
            behind -> {
              if (behind == 0) {
                return ALL;
              }
              long done = progress.cursor().orElseThrow().number() - base;
              return Math.clamp(ALL * done / (done + behind), 0, NEARLY_ALL);
            });
  }

  private Optional<Long> eta(double blocksPerSecond) {
    return progress
        .lag()
        .filter(behind -> behind == 0 || blocksPerSecond > 0)
        .map(behind -> behind == 0 ? 0L : (long) Math.ceil(behind / blocksPerSecond));
  }
}
