package org.earnest.kit.follow;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainUnavailableException;
import org.jspecify.annotations.Nullable;

/** Asks about several blocks, a few at once, as each answer takes a node's whole latency. */
final class AskedBlocks {
  /** Questions under way; providers count those of a second. */
  static final int AT_ONCE = 4;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(AT_ONCE);

  /**
   * Whether all of them stand.
   *
   * @param stands asks the node; called by several threads
   * @throws ChainUnavailableException when one could not be asked about
   */
  boolean allStand(Collection<BlockRef> blocks, Predicate<BlockRef> stands) {
    List<Future<Boolean>> asked = List.of();
    try {
      asked = blocks.stream().map(block -> threads.submit(() -> inTurn(block, stands))).toList();
      boolean all = true;
      for (Future<Boolean> one : asked) {
        all &= one.get();
      }
      return all;
    } catch (ExecutionException failed) {
      throw unavailable(failed.getCause());
    } catch (RejectedExecutionException | CancellationException stopped) {
      throw new ChainUnavailableException("it is stopping", stopped);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ChainUnavailableException("interrupted while blocks were asked for", interrupted);
    } finally {
      asked.forEach(one -> one.cancel(true));
    }
  }

  private boolean inTurn(BlockRef block, Predicate<BlockRef> stands) throws InterruptedException {
    turns.acquire();
    try {
      return stands.test(block);
    } finally {
      turns.release();
    }
  }

  /** Ends what is being asked; nothing can be asked afterwards. */
  void stop() {
    threads.shutdownNow();
  }

  private static RuntimeException unavailable(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException failed -> failed;
      case InterruptedException stopped -> new ChainUnavailableException("it is stopping", stopped);
      case null, default -> new IllegalStateException("a block could not be asked for", cause);
    };
  }
}
