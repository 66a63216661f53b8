package org.earnest.reputation.graph;

import java.math.BigInteger;
import java.util.Objects;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.reputation.store.BlockTimes;
import org.jdbi.v3.core.Handle;

/** Finds blocks by their times as GraphQL does, with what one of its statements may use. */
public final class ChainTimes implements BlockTimes {
  private final BlockClock clock;

  public ChainTimes(ChainReader chain) {
    this.clock = new BlockClock(chain, Bounds.MAX_STATEMENT);
  }

  @Override
  public long firstAt(Handle handle, BlockRef head, long time) {
    try {
      return new BlocksByTime(handle, head, clock, new Budget(Bounds.MAX_STATEMENT))
          .firstAfter(BigInteger.valueOf(time - 1));
    } catch (Refusal untold) {
      throw new ChainUnavailableException(Objects.requireNonNull(untold.getMessage()), untold);
    }
  }
}
