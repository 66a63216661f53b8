package org.earnest.kit.follow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRangeRefusedException;

/** One step along the chain: forward by a range of blocks, or back to where two chains part. */
final class FollowStep {
  /** Blocks of a step near the head at most: with the cursor as many as are asked for at once. */
  static final int NEAR_RANGE = AskedBlocks.AT_ONCE * AskedBlocks.FEW - 1;

  /** For which a head is taken for the chain's newest block while ranges far below it are read. */
  static final Duration HEAD_AGE = Duration.ofSeconds(30);

  private final String name;
  private final ChainReader chain;
  private final FollowStore store;
  private final FollowSettings settings;
  private final CachedRanges cached;
  private final LogRanges ranges;
  private final ReadAhead ahead;
  private final AskedBlocks asked;
  private final LateLogs late;
  private final GoingBack back;
  private final Storing storing;
  private final QuestionsAtOnce atOnce = new QuestionsAtOnce();
  private final LongSupplier nanos;

  /** What the last step came to, unless it failed. */
  private Optional<Result> before = Optional.empty();

  /** When the newest head was asked for, by {@link #nanos}. */
  private long headAsked;

  private boolean caughtUp;

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
    this.ahead = new ReadAhead(chain, ranges, cached, atOnce);
    this.asked = new AskedBlocks(chain::blocks, atOnce);
    this.late = new LateLogs(settings, ranges, nanos);
    this.back = new GoingBack(name, chain, store, settings.horizon(), nanos);
    this.storing = new Storing(store);
    this.nanos = nanos;
  }

  /**
   * What a step came to.
   *
   * @param wentOn whether it went on from the step before, whose head it still is
   * @param kept whether its logs had been kept, and the node was not asked for them
   * @param doubted whether the chain was not found to have the cursor, nor the node to be merely
   *     behind
   */
  record Result(
      BlockRef cursor,
      BlockRef head,
      Outcome outcome,
      boolean wentOn,
      boolean kept,
      boolean doubted) {
    private Result(BlockRef cursor, BlockRef head, Outcome outcome) {
      this(cursor, head, outcome, false, false, false);
    }

    private static Result unmoved(BlockRef cursor, BlockRef head, boolean doubted) {
      return new Result(cursor, head, Outcome.CHANGED, false, false, doubted);
    }

    /** Whether the cursor was found on the chain. */
    boolean isConfirmed() {
      return !doubted && !isBehind();
    }

    /** Whether the node's newest block is below what was read. */
    boolean isBehind() {
      return head.number() < cursor.number();
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
    return begin(genesis(at(0)));
  }

  private BlockRef begin(Hash32 genesis) {
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
    Optional<Result> last = before;
    before = Optional.empty();
    try {
      Result result = last.flatMap(this::goOn).orElseGet(this::takeAsked);
      before = Optional.of(result).filter(step -> step.outcome() == Outcome.MOVED);
      atOnce.answered();
      return result;
    } catch (ChainRateLimitedException limited) {
      atOnce.limited();
      throw limited;
    } catch (LogRangeRefusedException refused) {
      // What reaches this is a single block's, of one contract.
      throw new LogsRefusedException(store.cursor().orElseThrow().number() + 1, refused);
    }
  }

  /**
   * Goes on far below the head that the step before knew, where only the range's two ends need to
   * be judged; and not even they from one kept range to the next, as each was judged when it was
   * read. It does not know how far the head is by now.
   */
  private Optional<Result> goOn(Result last) {
    BlockRef cursor = last.cursor();
    boolean old = nanos.getAsLong() - headAsked >= HEAD_AGE.toNanos();
    if (old || cursor.number() >= sparse(last.head())) {
      return Optional.empty();
    }
    Chunk chunk = ahead.at(cursor.number() + 1, sparse(last.head()));
    boolean judged = last.kept() && chunk.kept();
    if (!judged && !(chunk.isAfter(cursor) && asked.stand(List.of(cursor, chunk.end())))) {
      ahead.forget();
      return Optional.empty();
    }
    BlockRef reached = storing.stored(cursor, chunk);
    ahead.stored(reached);
    return Optional.of(new Result(reached, last.head(), Outcome.MOVED, true, chunk.kept(), false));
  }

  private Result takeAsked() {
    headAsked = nanos.getAsLong();
    List<Optional<BlockHeader>> ends =
        chain.blocks(List.of(new BlockTag.Height(0), BlockTag.Named.LATEST));
    BlockRef cursor = begin(genesis(ends.getFirst()));
    BlockRef head = ends.getLast().orElseThrow(FollowStep::noGenesis).ref();
    if (head.equals(cursor)) {
      back.isNotBehind();
      return readAnew(cursor, head).orElseGet(() -> atHead(cursor));
    }
    // Far below the head the end is read before the logs and again with the cursor: while it stays
    // the same block, all of them belong to one chain.
    Optional<Chunk> next = next(cursor, head);
    Map<Long, BlockHeader> told =
        asked.at(next.map(chunk -> judged(chunk, cursor, head)).orElse(List.of(cursor.number())));
    Optional<BlockRef> there = Optional.ofNullable(told.get(cursor.number())).map(BlockHeader::ref);
    if (there.isEmpty() && head.number() >= cursor.number()) {
      // Nobody tells now what stands there, which is not to say that another block does.
      ahead.forget();
      return Result.unmoved(cursor, head, true);
    }
    if (!there.equals(Optional.of(cursor))) {
      ahead.forget();
      return back.from(cursor, head, there)
          .map(block -> new Result(block, head, Outcome.MOVED))
          .orElseGet(() -> Result.unmoved(cursor, head, back.isChanged()));
    }
    back.isNotBehind();
    Optional<Result> anew = readAnew(cursor, head);
    if (anew.isPresent() || next.isEmpty()) {
      return anew.orElseGet(() -> new Result(cursor, head, Outcome.CHANGED));
    }
    return taken(cursor, head, next.get(), told);
  }

  private Result atHead(BlockRef head) {
    caughtUp(head, head);
    return new Result(head, head, Outcome.AT_HEAD);
  }

  /** Goes back to before a block whose logs came after it was believed to have none. */
  private Optional<Result> readAnew(BlockRef cursor, BlockRef head) {
    Optional<BlockRef> come = late.come(cursor, head);
    come.ifPresent(block -> ahead.forget());
    return come.map(block -> new Result(back.before(block), head, Outcome.MOVED));
  }

  /** Takes what belongs to the chain that the cursor is on. */
  private Result taken(BlockRef cursor, BlockRef head, Chunk chunk, Map<Long, BlockHeader> told) {
    boolean sparse = isSparse(cursor, head);
    if (!chunk.isAfter(cursor) || !(sparse ? chunk.endsIn(told) : chunk.isOf(cursor, told))) {
      ahead.forget();
      return new Result(cursor, head, Outcome.CHANGED);
    }
    OptionalLong doubted = sparse ? OptionalLong.empty() : doubted(cursor, head, chunk, told);
    if (doubted.isPresent()) {
      ahead.forget();
      BlockRef last = Storing.there(doubted.getAsLong() - 1, told);
      BlockRef before =
          last.equals(cursor) ? cursor : storing.dense(cursor, chunk.upTo(last), told);
      caughtUp(before, head);
      return new Result(before, head, Outcome.CHANGED);
    }
    BlockRef reached = sparse ? storing.stored(cursor, chunk) : storing.dense(cursor, chunk, told);
    if (sparse) {
      ahead.stored(reached);
    }
    caughtUp(reached, head);
    return new Result(reached, head, Outcome.MOVED, false, chunk.kept(), false);
  }

  private OptionalLong doubted(
      BlockRef cursor, BlockRef head, Chunk chunk, Map<Long, BlockHeader> told) {
    return late.firstDoubted(
        cursor.number() + 1,
        chunk.end().number(),
        head.number(),
        chunk.logs(),
        number -> Optional.ofNullable(told.get(number)));
  }

  /** From where on it may be called ready. */
  private void caughtUp(BlockRef reached, BlockRef head) {
    if (!caughtUp && head.number() - reached.number() <= FollowProgress.MAX_READY_LAG) {
      store.caughtUp();
      caughtUp = true;
    }
  }

  /**
   * What is asked for to judge a range. Near the head, where nodes behind one URL may stand on
   * different blocks, that is each block, as only their parents tell that they are of one chain.
   */
  private List<Long> judged(Chunk chunk, BlockRef cursor, BlockRef head) {
    return isSparse(cursor, head)
        ? List.of(cursor.number(), chunk.end().number())
        : LongStream.rangeClosed(cursor.number(), chunk.end().number()).boxed().toList();
  }

  /**
   * Far below the head, where chains do not change, by more than it grows by while a step is taken:
   * whoever went no further than that would never get nearer.
   */
  private boolean isSparse(BlockRef cursor, BlockRef head) {
    return cursor.number() + NEAR_RANGE < sparse(head);
  }

  /**
   * The last block that is; nothing above it is read ahead, nor believed without a doubt, nor near
   * enough to a head of some time ago to be called ready.
   */
  private long sparse(BlockRef head) {
    long doubted = Math.max(LateLogs.BLOCKS, FollowProgress.MAX_READY_LAG + 1);
    return head.number() - Math.max(settings.horizon(), doubted);
  }

  /** The logs after the cursor: far below the head those that were read ahead. */
  private Optional<Chunk> next(BlockRef cursor, BlockRef head) {
    if (isSparse(cursor, head)) {
      return Optional.of(ahead.at(cursor.number() + 1, sparse(head)));
    }
    ahead.forget();
    return near(cursor, head);
  }

  private Optional<Chunk> near(BlockRef cursor, BlockRef head) {
    long from = cursor.number() + 1;
    while (true) {
      long to = Math.min(head.number(), cursor.number() + Math.min(ranges.width(), NEAR_RANGE));
      Optional<BlockRef> end = to == head.number() ? Optional.of(head) : ref(to);
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

  private static Hash32 genesis(Optional<BlockHeader> first) {
    return first
        .map(BlockHeader::ref)
        .filter(block -> block.number() == 0)
        .orElseThrow(FollowStep::noGenesis)
        .hash();
  }

  private static ChainUnavailableException noGenesis() {
    return new ChainUnavailableException("the node has no block at the chain's beginning or head");
  }
}
