package org.earnest.kit.follow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRangeRefusedException;
import org.earnest.kit.follow.ReadAhead.Chunk;
import org.earnest.kit.postgres.DatabaseUnavailableException;

/** One step along the chain: forward by a range of blocks, or back to where two chains part. */
final class FollowStep {
  private static final int PAGE = 64;

  /** Logs of one transaction, whatever a node gives in one answer. */
  private static final int MOST_STORED = 1 << 18;

  /** So many transactions after one that failed, more is tried again. */
  private static final int STORED_UNTIL_MORE = 16;

  /**
   * Near the head every recorded block is at most this far from the next one, so that undoing a
   * shallow reorganisation reads little again.
   */
  private static final int DENSE_RANGE = 16;

  private final String name;
  private final ChainReader chain;
  private final FollowStore store;
  private final FollowSettings settings;
  private final CachedRanges cached;
  private final LogRanges ranges;
  private final ReadAhead ahead;
  private final AskedBlocks asked = new AskedBlocks();
  private final LateLogs late;

  /** What the last step came to, if its logs had been kept. */
  private Optional<Result> kept = Optional.empty();

  private boolean caughtUp;
  private int mostStored = MOST_STORED;
  private int storedInARow;

  FollowStep(
      String name,
      ChainReader chain,
      FollowStore store,
      FollowSettings settings,
      CachedRanges cached) {
    this(name, chain, store, settings, cached, System::nanoTime);
  }

  /**
   * By a clock of its own.
   *
   * @param nanos as of {@link System#nanoTime}
   */
  FollowStep(
      String name,
      ChainReader chain,
      FollowStore store,
      FollowSettings settings,
      CachedRanges cached,
      LongSupplier nanos) {
    this.name = name;
    this.chain = chain;
    this.store = store;
    this.settings = settings;
    this.cached = cached;
    this.ranges = new LogRanges(chain, settings);
    this.ahead = new ReadAhead(chain, ranges, cached);
    this.late = new LateLogs(settings, nanos);
  }

  /**
   * What a step came to.
   *
   * @param kept whether its logs had been kept, and the node was not asked for them
   */
  record Result(BlockRef cursor, BlockRef head, Outcome outcome, boolean kept) {
    private Result(BlockRef cursor, BlockRef head, Outcome outcome) {
      this(cursor, head, outcome, false);
    }
  }

  /** Whether there was something to do. */
  enum Outcome {
    MOVED,
    /** Nothing until the chain grows. */
    AT_HEAD,
    /**
     * The chain changed while it was read, or is behind, or has not told all of its logs yet. Nodes
     * behind one URL that disagree look the same, and asking them again at once would not make them
     * agree.
     */
    CHANGED
  }

  /** Refuses a chain that is not the one that the store belongs to; begins where there is none. */
  BlockRef begin() {
    Hash32 genesis = at(0).orElseThrow(FollowStep::noGenesis).ref().hash();
    Optional<Hash32> known = store.genesis();
    if (known.isEmpty()) {
      store.begin(genesis, at(settings.base()).orElseThrow(FollowStep::noGenesis).ref());
      caughtUp = false;
    } else if (!known.get().equals(genesis)) {
      throw FollowHaltedException.replaced(name);
    }
    cached.open(genesis);
    return store.cursor().orElseThrow();
  }

  /**
   * Takes it.
   *
   * @throws LogsRefusedException when the next block's logs are refused
   */
  Result take() {
    Optional<Result> before = kept;
    kept = Optional.empty();
    Result result = before.flatMap(this::takeKept).orElseGet(this::takeUnlessRefused);
    kept = Optional.of(result).filter(Result::kept);
    return result;
  }

  /** What reaches this refusal is a single block's, of one contract. */
  private Result takeUnlessRefused() {
    try {
      return takeAsked();
    } catch (LogRangeRefusedException refused) {
      throw new LogsRefusedException(store.cursor().orElseThrow().number() + 1, refused);
    }
  }

  /** Goes on with what is kept after what was kept: each range was judged when it was read. */
  private Optional<Result> takeKept(Result before) {
    long next = before.cursor().number() + 1;
    long limit = before.head().number() - settings.horizon();
    if (cached.holding(next, limit).isEmpty()) {
      return Optional.empty();
    }
    Chunk chunk = ahead.at(next, limit);
    if (!chunk.kept()) {
      return Optional.empty();
    }
    BlockRef end = stored(before.cursor(), chunk);
    ahead.stored(end);
    return Optional.of(new Result(end, before.head(), Outcome.MOVED, true));
  }

  private Result takeAsked() {
    BlockRef cursor = begin();
    BlockRef head = chain.block(BlockTag.Named.LATEST).orElseThrow(FollowStep::noGenesis).ref();
    if (head.equals(cursor)) {
      caughtUp(cursor, head);
      return new Result(cursor, head, Outcome.AT_HEAD);
    }
    // The end is read before the cursor is judged and again after the logs are read: while it
    // stays the same block, all three belong to one chain.
    Optional<Chunk> next = next(cursor, head);
    Optional<BlockRef> there = ref(cursor.number());
    if (there.isEmpty() && head.number() >= cursor.number()) {
      // Nobody tells now what stands there, which is not to say that another block does.
      ahead.forget();
      return new Result(cursor, head, Outcome.CHANGED);
    }
    if (!there.equals(Optional.of(cursor))) {
      ahead.forget();
      return new Result(rewind(cursor), head, Outcome.MOVED);
    }
    if (next.isEmpty()) {
      return new Result(cursor, head, Outcome.CHANGED);
    }
    BlockRef end = next.get().end();
    Optional<BlockHeader> still = at(end.number()).filter(header -> header.ref().equals(end));
    if (still.isEmpty() || !belong(next.get(), cursor, head)) {
      ahead.forget();
      return new Result(cursor, head, Outcome.CHANGED);
    }
    OptionalLong doubted =
        late.firstDoubted(
            cursor.number() + 1,
            end.number(),
            head.number(),
            next.get().logs(),
            number -> number == end.number() ? still : at(number));
    if (doubted.isPresent()) {
      ahead.forget();
      BlockRef before = storedBefore(doubted.getAsLong(), cursor, next.get());
      caughtUp(before, head);
      return new Result(before, head, Outcome.CHANGED);
    }
    BlockRef reached = stored(cursor, next.get());
    if (isSparse(cursor, head)) {
      ahead.stored(reached);
    }
    caughtUp(reached, head);
    return new Result(reached, head, Outcome.MOVED, next.get().kept());
  }

  /** From where on it may be called ready. */
  private void caughtUp(BlockRef reached, BlockRef head) {
    if (!caughtUp && head.number() - reached.number() <= FollowProgress.MAX_READY_LAG) {
      store.caughtUp();
      caughtUp = true;
    }
  }

  /**
   * Stores what comes before a block that is doubted. The block before it is of the chain that was
   * judged if the end still stands after it was asked for.
   */
  private BlockRef storedBefore(long doubted, BlockRef cursor, Chunk chunk) {
    if (doubted == cursor.number() + 1) {
      return cursor;
    }
    return ref(doubted - 1)
        .filter(before -> ref(chunk.end().number()).equals(Optional.of(chunk.end())))
        .map(chunk::upTo)
        .filter(part -> belong(part, cursor, chunk.end()))
        .map(part -> stored(cursor, part))
        .orElse(cursor);
  }

  /**
   * Stores what a database takes in its time, and less of it after each time that it did not.
   *
   * @return the last block that is in
   */
  private BlockRef stored(BlockRef cursor, Chunk chunk) {
    Chunk part = chunk.atMost(mostStored);
    try {
      store.append(cursor, part.end(), part.logs());
    } catch (DatabaseUnavailableException failed) {
      if (part.logs().size() > 1) {
        mostStored = Math.max(1, Math.min(mostStored, part.logs().size()) / 2);
      }
      storedInARow = 0;
      throw failed;
    }
    if (++storedInARow % STORED_UNTIL_MORE == 0) {
      mostStored = Math.min(MOST_STORED, 2 * mostStored);
    }
    return part.end();
  }

  /**
   * Whether logs are of the chain that was judged: another node may have given them. Near the head,
   * where nodes may stand on different blocks, each block is asked for.
   */
  private boolean belong(Chunk chunk, BlockRef cursor, BlockRef head) {
    Map<Long, BlockRef> blocks = new HashMap<>();
    blocks.put(chunk.end().number(), chunk.end());
    for (ChainLog log : chunk.logs()) {
      BlockRef block = log.ref().block();
      if (block.number() <= cursor.number()
          || block.number() > chunk.end().number()
          || !blocks.computeIfAbsent(block.number(), unseen -> block).equals(block)) {
        return false;
      }
    }
    blocks.remove(chunk.end().number());
    return isSparse(cursor, head)
        || asked.allStand(blocks.values(), block -> ref(block.number()).equals(Optional.of(block)));
  }

  /** Far below the head, where chains do not change. */
  private boolean isSparse(BlockRef cursor, BlockRef head) {
    return cursor.number() < head.number() - settings.horizon();
  }

  /** The logs after the cursor: far below the head those that were read ahead. */
  private Optional<Chunk> next(BlockRef cursor, BlockRef head) {
    if (isSparse(cursor, head)) {
      return Optional.of(ahead.at(cursor.number() + 1, head.number() - settings.horizon()));
    }
    ahead.forget();
    return near(cursor, head);
  }

  private Optional<Chunk> near(BlockRef cursor, BlockRef head) {
    long from = cursor.number() + 1;
    while (true) {
      long width = Math.min(ranges.width(), DENSE_RANGE);
      Optional<BlockRef> end = ref(Math.min(head.number(), cursor.number() + width));
      if (end.isEmpty() || end.get().number() < from) {
        return Optional.empty();
      }
      try {
        return Optional.of(new Chunk(end.get(), ranges.logs(from, end.get().number()), false));
      } catch (LogRangeRefusedException refused) {
        if (end.get().number() == from) {
          throw refused;
        }
      }
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
    return chain
        .block(new BlockTag.Height(number))
        .filter(header -> header.ref().number() == number);
  }

  /** Ends what is being read, from any thread. */
  void stop() {
    ahead.stop();
    asked.stop();
  }

  private static ChainUnavailableException noGenesis() {
    return new ChainUnavailableException("the node has no block at the chain's beginning or head");
  }
}
