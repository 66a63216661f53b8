package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.LogRangeRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReadAheadTest {
  private static final int HEIGHT = 2_000;
  private static final int RANGE = 50;

  private final SimulatedChain chain = new SimulatedChain(0);
  private final FollowSettings settings =
      FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withRange(RANGE);
  private final LogRanges ranges = new LogRanges(chain, settings);
  private final QuestionsAtOnce atOnce = new QuestionsAtOnce();
  private final ReadAhead ahead =
      new ReadAhead(chain, ranges, new CachedRanges(chain, settings), atOnce);

  @AfterEach
  void stop() {
    ahead.stop();
  }

  @Test
  void givesEveryBlockInOrder() {
    chain.grow(HEIGHT, 3);

    assertThat(readAll()).isEqualTo(chain.allLogs());
  }

  @Test
  void givesTheSameRangeUntilItIsStored() {
    chain.grow(HEIGHT, 1);

    Chunk first = ahead.at(1, HEIGHT);
    assertThat(ahead.at(1, HEIGHT)).isSameAs(first);
    ahead.stored(first.end());
    assertThat(ahead.at(first.end().number() + 1, HEIGHT).logs().getFirst().ref().block().number())
        .isEqualTo(first.end().number() + 1);
  }

  @Test
  void asksForLessAtOnceWhereARangeIsRefused() {
    chain.refuseRangesAbove(7, OptionalLong.empty());
    chain.grow(HEIGHT, 1);

    assertThat(readAll()).isEqualTo(chain.allLogs());
  }

  @Test
  void readsNothingAheadOfANodeThatLimitsTheRate() {
    chain.grow(HEIGHT, 1);
    chain.allow(0);
    assertThatThrownBy(() -> ahead.at(1, HEIGHT)).isInstanceOf(ChainRateLimitedException.class);
    while (atOnce.most() > 1) {
      atOnce.limited();
    }
    chain.allow(Integer.MAX_VALUE);
    long next = 1;
    for (int ranges = 1; next <= HEIGHT; ranges++) {
      Chunk chunk = ahead.at(next, HEIGHT);
      assertThat(chain.logQueries()).isEqualTo(ranges);
      ahead.stored(chunk.end());
      next = chunk.end().number() + 1;
    }
  }

  /** The first of those under way, the last, or all of them. */
  @Test
  @Timeout(60)
  void asksAgainForNothingButWhatWasLimited() {
    chain.grow(HEIGHT, 1);
    for (List<Long> limited : List.of(List.of(60L), List.of(160L), List.of(60L, 110L, 160L))) {
      ahead.forget();
      int before = chain.logQueries();
      chain.limitOnceAt(limited.toArray(Long[]::new));
      ahead.stored(ahead.at(1, HEIGHT).end());
      while (chain.logQueries() < before + QuestionsAtOnce.MOST) {
        Thread.onSpinWait();
      }
      int ranges = 1;
      for (long next = RANGE + 1; next <= HEIGHT; ranges++) {
        Chunk chunk = insisted(next);
        assertThat(chunk.logs().getFirst().ref().block().number()).isEqualTo(next);
        ahead.stored(chunk.end());
        next = chunk.end().number() + 1;
      }
      assertThat(chain.logQueries() - before)
          .as("ranges and limits at %s", limited)
          .isEqualTo(ranges + limited.size());
    }
  }

  /** Asks until it is answered. */
  private Chunk insisted(long from) {
    while (true) {
      try {
        return ahead.at(from, HEIGHT);
      } catch (ChainRateLimitedException limited) {
        // As a follower does after a pause.
      }
    }
  }

  @Test
  void doesNotAskForARefusedBlockForEver() {
    chain.refuseRangesAbove(0, OptionalLong.empty());
    chain.grow(HEIGHT, 1);

    assertThatThrownBy(() -> ahead.at(1, HEIGHT)).isInstanceOf(LogRangeRefusedException.class);
    assertThat(chain.logQueries()).isLessThan(10);
  }

  @Test
  void tellsOfAFailureAndGoesOnWhenAskedAgain() {
    chain.grow(HEIGHT, 1);
    chain.failNext();

    assertThatThrownBy(() -> ahead.at(1, HEIGHT))
        .isInstanceOf(ChainUnavailableException.class)
        .hasMessageContaining("gave up");
    assertThat(readAll()).isEqualTo(chain.allLogs());
  }

  @Test
  void isStoppedWhileItReads() throws InterruptedException {
    chain.grow(HEIGHT, 1);
    CountDownLatch asked = new CountDownLatch(1);
    chain.beforeLogs(
        1,
        () -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ChainUnavailableException("interrupted", stopped);
          }
        });
    Thread stopping =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    asked.await();
                  } catch (InterruptedException never) {
                    Thread.currentThread().interrupt();
                  }
                  ahead.stop();
                });

    assertThatThrownBy(() -> ahead.at(1, HEIGHT)).isInstanceOf(ChainUnavailableException.class);
    stopping.join();
    assertThatThrownBy(() -> ahead.at(1, HEIGHT)).isInstanceOf(ChainUnavailableException.class);
  }

  private List<ChainLog> readAll() {
    List<ChainLog> all = new ArrayList<>();
    long next = 1;
    while (next <= HEIGHT) {
      Chunk chunk = ahead.at(next, HEIGHT);
      all.addAll(chunk.logs());
      ahead.stored(chunk.end());
      next = chunk.end().number() + 1;
    }
    return all;
  }
}
