package org.earnest.kit.follow;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;

/** A store whose changes are counted once they are made, and whose ranges' ends get their times. */
final class FollowTally implements FollowStore {
  private final FollowStore store;
  private final Function<BlockRef, OptionalLong> times;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong reorganisations = new AtomicLong();

  /**
   * Of a store.
   *
   * @param times of blocks whose headers passed by
   */
  FollowTally(FollowStore store, Function<BlockRef, OptionalLong> times) {
    this.store = store;
    this.times = times;
  }

  /** Logs that were taken in, those included that were undone later. */
  long events() {
    return events.get();
  }

  /** How often blocks were undone. */
  long reorganisations() {
    return reorganisations.get();
  }

  @Override
  public void append(BlockRef from, TimedBlock to, List<ChainLog> logs) {
    store.append(from, to.or(times.apply(to.block())), logs);
    events.addAndGet(logs.size());
  }

  @Override
  public void rewind(BlockRef to) {
    store.rewind(to);
    reorganisations.incrementAndGet();
  }

  @Override
  public void caughtUp() {
    store.caughtUp();
  }

  @Override
  public Optional<Hash32> genesis() {
    return store.genesis();
  }

  @Override
  public void begin(Hash32 genesis, BlockRef base) {
    store.begin(genesis, base);
  }

  @Override
  public Optional<BlockRef> cursor() {
    return store.cursor();
  }

  @Override
  public List<BlockRef> recorded(long below, int limit) {
    return store.recorded(below, limit);
  }
}
