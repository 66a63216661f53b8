package org.earnest.kit.follow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for several blocks, a few in one question and a few questions at once, as each takes a
 * node's whole latency. A node may take a question's blocks one after the other, and has to answer
 * it in its time, so that no question is ever for more; less is asked after each that was not
 * answered. One thread asks for many; any may stop it.
 */
final class AskedBlocks {
  /** Questions under way; providers count those of a second. */
  static final int AT_ONCE = QuestionsAtOnce.MOST;

  /** Blocks of one question at most. */
  static final int FEW = 16;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
  private final Function<List<BlockTag>, List<Optional<BlockHeader>>> question;
  private final QuestionsAtOnce atOnce;

  /** Blocks of one question now. */
  private int few = FEW;

  /**
   * By such questions.
   *
   * @param question gives each block in its place; asked by several threads
   * @param atOnce how many of them
   */
  AskedBlocks(
      Function<List<BlockTag>, List<Optional<BlockHeader>>> question, QuestionsAtOnce atOnce) {
    this.question = question;
    this.atOnce = atOnce;
  }

  /**
   * Those that the chain has, by their heights.
   *
   * @throws ChainUnavailableException when they could not be asked for; fewer in one question are
   *     asked for next
   */
  Map<Long, BlockHeader> at(List<Long> heights) {
    try {
      Map<Long, BlockHeader> told = heights.size() <= few ? ask(heights) : askAtOnce(heights);
      few = Math.min(FEW, 2 * few);
      return told;
    } catch (ChainRateLimitedException limited) {
      // Smaller questions would be more of them.
      throw limited;
    } catch (ChainUnavailableException unanswered) {
      few = Math.max(1, few / 2);
      throw unanswered;
    }
  }

  private Map<Long, BlockHeader> askAtOnce(List<Long> heights) {
    List<Future<Map<Long, BlockHeader>>> asked = new ArrayList<>();
    Map<Long, BlockHeader> all = new HashMap<>();
    int most = atOnce.most();
    int answered = 0;
    try {
      for (int from = 0; from < heights.size(); from += few) {
        if (asked.size() - answered == most) {
          all.putAll(asked.get(answered++).get());
        }
        List<Long> part = heights.subList(from, Math.min(heights.size(), from + few));
        asked.add(threads.submit(() -> ask(part)));
      }
      for (Future<Map<Long, BlockHeader>> one : asked.subList(answered, asked.size())) {
        all.putAll(one.get());
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

  /** Whether all of these few are on the chain, the first of which is asked for first. */
  boolean stand(List<BlockRef> blocks) {
    Map<Long, BlockHeader> there = ask(blocks.stream().map(BlockRef::number).toList());
    return blocks.stream()
        .allMatch(
            block ->
                Optional.ofNullable(there.get(block.number()))
                    .filter(header -> header.ref().equals(block))
                    .isPresent());
  }

  private Map<Long, BlockHeader> ask(List<Long> heights) {
    List<Optional<BlockHeader>> told =
        question.apply(heights.stream().<BlockTag>map(BlockTag.Height::new).toList());
    Map<Long, BlockHeader> blocks = new HashMap<>();
    IntStream.range(0, heights.size())
        .forEach(
            i ->
                told.get(i)
                    .filter(header -> header.ref().number() == heights.get(i))
                    .ifPresent(header -> blocks.put(heights.get(i), header)));
    return blocks;
  }

  /** Ends what is being asked; not many can be asked for afterwards. */
  void stop() {
    threads.shutdownNow();
  }

  private static RuntimeException unavailable(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException failed -> failed;
      case null, default -> new IllegalStateException("a block could not be asked for", cause);
    };
  }
}
