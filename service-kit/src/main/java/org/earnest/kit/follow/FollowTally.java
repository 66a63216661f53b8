package org.earnest.kit.follow;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;

/** A store whose changes are counted once they are made. */
final class FollowTally implements FollowStore {
  private final FollowStore store;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong reorganisations = new AtomicLong();

  FollowTally(FollowStore store) {
    this.store = store;
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
  public void append(BlockRef from, BlockRef to, List<ChainLog> logs) {
    store.append(from, to, logs);
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
