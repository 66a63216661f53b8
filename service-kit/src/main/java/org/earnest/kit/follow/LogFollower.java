package org.earnest.kit.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.NewHeads;
import org.earnest.kit.http.Readiness;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a chain on a thread of its own. What the chain or the database refuses is tried again;
 * what needs a decision stops it, and it says so in its progress.
 */
public final class LogFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final BlockTimes chain;
  private final FollowTally tally;
  private final LogKeeper keeper;
  private final FollowStep step;
  private final FollowSpeed speed = new FollowSpeed();
  private final NodeFaults faults;
  private final long base;
  private final int horizon;
  private final Duration pollInterval;
  private final NewHeads heads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition looked = lock.newCondition();
  private final Condition wanted = lock.newCondition();
  private final Thread thread;
  private FollowProgress progress = FollowProgress.NONE;

  /** In a row; only the follower's thread counts them. */
  private int refusals;

  private int waiting;

  /** A head was told that no look has begun after. */
  private boolean told;

  /** Looks that a told head is worth still; only the follower's thread counts them. */
  private int looksForTold;

  /** The last block that was final when the node was asked; 0 where it did not tell. */
  private long settled;

  private long looksBegun;
  private long lastLook;
  private volatile boolean closing;
  private volatile boolean stopped;
  private volatile Optional<FollowHaltedException> halted = Optional.empty();

  private LogFollower(String name, ChainReader chain, FollowStore store, FollowSettings settings) {
    this.name = name;
    this.faults = new NodeFaults(name);
    this.chain = new BlockTimes(chain);
    this.tally = new FollowTally(store, this.chain::of);
    CachedRanges cached = new CachedRanges(this.chain, settings);
    this.keeper = new LogKeeper(tally, cached);
    this.step = new FollowStep(name, this.chain, keeper, settings, cached);
    this.base = settings.base();
    this.horizon = settings.horizon();
    this.pollInterval = settings.pollInterval();
    this.heads = settings.heads();
    this.thread = Thread.ofVirtual().name("follow-" + name).unstarted(this::run);
  }

  /**
   * Starts to follow.
   *
   * @param name who follows, for messages
   * @throws FollowHaltedException {@code chain_replaced} when the store belongs to another chain
   */
  public static LogFollower start(
      String name, ChainReader chain, FollowStore store, FollowSettings settings) {
    LogFollower follower = new LogFollower(name, chain, store, settings);
    try {
      follower.step.begin();
    } catch (ChainUnavailableException | DatabaseUnavailableException later) {
      LOG.warn("{} begins when chain and database answer: {}", name, later.getMessage());
    }
    follower.thread.start();
    return follower;
  }

  /**
   * The same without asking chain or store before: what would be refused, {@link #halted} tells.
   */
  public static LogFollower startInBackground(
      String name, ChainReader chain, FollowStore store, FollowSettings settings) {
    LogFollower follower = new LogFollower(name, chain, store, settings);
    follower.thread.start();
    return follower;
  }

  public FollowProgress progress() {
    lock.lock();
    try {
      return progress;
    } finally {
      lock.unlock();
    }
  }

  public Readiness readiness() {
    return progress().readiness();
  }

  /** How far it is and how fast it was since the looks before. */
  public FollowFigures figures() {
    FollowProgress now = progress();
    long block = now.cursor().map(BlockRef::number).orElse(base);
    long events = tally.events();
    FollowSpeed.Speed speedNow = speed.at(new FollowSpeed.Look(System.nanoTime(), block, events));
    return new FollowReport(chain.chainId(), base, now, chain::of)
        .figures(events, tally.reorganisations(), speedNow);
  }

  /** Why it stopped for good; empty while it follows or tries again. */
  public Optional<FollowHaltedException> halted() {
    return halted;
  }

  /**
   * Waits until the logs of a block are in.
   *
   * @return false when patience ended first, or the follower stopped
   */
  public boolean awaitBlock(long number, Duration patience) throws InterruptedException {
    return await(() -> reached(number), patience);
  }

  /**
   * Waits until the logs of this very block are in, or those of a later one that the chain was
   * found to have since: a cursor of the same height may stand on blocks that it has taken back.
   *
   * @return false when patience ended first, or the follower stopped
   */
  public boolean awaitBlock(BlockRef block, Duration patience) throws InterruptedException {
    long before = begunLooks();
    return await(
        () ->
            progress.cursor().equals(Optional.of(block))
                || (lastLook > before && reached(block.number())),
        patience);
  }

  private long begunLooks() {
    lock.lock();
    try {
      return looksBegun;
    } finally {
      lock.unlock();
    }
  }

  private boolean await(BooleanSupplier reached, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      waiting++;
      wanted.signal();
      while (!reached.getAsBoolean()) {
        if (left <= 0 || closing || stopped) {
          return false;
        }
        left = looked.awaitNanos(left);
      }
      return true;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closing = true;
    step.stop();
    lock.lock();
    try {
      wanted.signalAll();
      looked.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(CLOSE_PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    keeper.close();
  }

  private boolean reached(long number) {
    return progress.cursor().filter(cursor -> cursor.number() >= number).isPresent();
  }

  private void run() {
    try (NewHeads.Subscription subscription = heads.subscribe(this::wake)) {
      Optional<Duration> pause = Optional.of(Duration.ZERO);
      while (pause.isPresent() && !closing) {
        pause(pause.get(), subscription);
        if (!closing) {
          pause = look();
        }
      }
    }
    stopped = true;
    lock.lock();
    try {
      looked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      told = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  /** How long to pause after it; empty when there is no going on. */
  private Optional<Duration> look() {
    try {
      long look = beginLook();
      FollowStep.Result result = step.take();
      refusals = 0;
      boolean moved = result.outcome() == FollowStep.Outcome.MOVED;
      looksForTold = Pace.looksLeft(looksForTold, moved);
      publish(
          new FollowProgress(
              Optional.of(result.cursor()),
              Optional.of(result.head()),
              finalized(result),
              faults.after(result)),
          result.isConfirmed() ? look : lastLook);
      return Optional.of(moved ? Duration.ZERO : pollInterval);
    } catch (LogsRefusedException refused) {
      String why = String.valueOf(refused.getMessage());
      LOG.warn("{} cannot go on now: {}", name, why);
      publish(faulty(why), lastLook);
      return Optional.of(Pace.afterRefusals(++refusals));
    } catch (ChainUnavailableException | DatabaseUnavailableException passing) {
      LOG.warn("{} cannot follow the chain now: {}", name, passing.getMessage());
      publish(faulty("cannot follow the chain now: " + kind(passing)), lastLook);
      return Optional.of(Pace.RETRY_INTERVAL);
    } catch (FollowHaltedException stop) {
      return halt(stop);
    } catch (RuntimeException | Error bug) {
      LOG.error("{} stopped by an error of its own", name, bug);
      return halt(FollowHaltedException.bug(name, bug));
    }
  }

  private Optional<Duration> halt(FollowHaltedException why) {
    LOG.error("{} stopped: {} {}", name, why.getMessage(), why.remedy());
    publish(faulty(why.getMessage() + ". " + why.remedy()), lastLook);
    halted = Optional.of(why);
    return Optional.empty();
  }

  private static String kind(RuntimeException passing) {
    return switch (passing) {
      case ChainRateLimitedException limited -> "the chain's node limits the rate of questions";
      case ChainUnavailableException silent -> "the chain's node does not answer";
      default -> "the database does not answer";
    };
  }

  /** While the node does not say what is final, nothing more is kept. */
  private Optional<Long> finalized(FollowStep.Result result) {
    if (result.wentOn()) {
      keeper.settle(settled);
      return progress().finalized();
    }
    settled = 0;
    try {
      Optional<Long> finalized =
          chain.block(BlockTag.Named.FINALIZED).map(header -> header.ref().number());
      long deep = result.head().number() - horizon;
      settled = Math.min(deep, finalized.orElse(deep));
      keeper.settle(settled);
      return finalized;
    } catch (ChainUnavailableException untold) {
      return Optional.empty();
    }
  }

  private FollowProgress faulty(String fault) {
    FollowProgress last = progress();
    return new FollowProgress(last.cursor(), last.head(), last.finalized(), Optional.of(fault));
  }

  private long beginLook() {
    lock.lock();
    try {
      if (told) {
        looksForTold = Pace.LOOKS_FOR_TOLD;
      }
      told = false;
      return ++looksBegun;
    } finally {
      lock.unlock();
    }
  }

  private void publish(FollowProgress next, long look) {
    lock.lock();
    try {
      long reached = next.cursor().map(BlockRef::number).orElse(0L);
      if (reached < progress.cursor().map(BlockRef::number).orElse(0L)) {
        LOG.info("{} went back to block {}", name, reached);
      }
      progress = next;
      lastLook = look;
      looked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration length, NewHeads.Subscription subscription) {
    long begun = System.nanoTime();
    lock.lock();
    try {
      long left = bounded(length, subscription).toNanos();
      while (left > 0 && !closing) {
        wanted.awaitNanos(left);
        left = bounded(length, subscription).toNanos() - (System.nanoTime() - begun);
      }
    } catch (InterruptedException interrupted) {
      closing = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Somebody who waits and a head that was told hurry the next look, but not the next try after a
   * failure. While heads are told there is little to look for, but for those that the node that is
   * asked has later than the one that told.
   */
  private Duration bounded(Duration length, NewHeads.Subscription subscription) {
    if (!length.equals(pollInterval)) {
      return length;
    }
    // A socket may tell of heads without end.
    if (told || waiting > 0) {
      return Pace.HURRIED_INTERVAL;
    }
    return Pace.atRest(length, subscription.isLive(), looksForTold);
  }
}
