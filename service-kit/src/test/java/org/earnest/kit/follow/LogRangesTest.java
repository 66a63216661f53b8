package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRangeRefusedException;
import org.junit.jupiter.api.Test;

class LogRangesTest {
  private final SimulatedChain chain = new SimulatedChain(0);
  private final LogRanges ranges =
      new LogRanges(chain, FollowSettings.of(Set.of(SimulatedChain.CONTRACT)));

  @Test
  void asksForMoreBlocksWhereLittleHappens() {
    chain.grow(40_000, 0);

    assertThat(read(40_000)).isEmpty();

    assertThat(ranges.width()).isEqualTo(FollowSettings.DEFAULT_RANGE);
    assertThat(chain.logQueries()).as("50, 100, 200 and so on").isLessThan(15);
  }

  @Test
  void asksForAnswersOfAGoodSizeWhereMuchHappens() {
    chain.grow(2_000, 40);

    assertThat(read(2_000)).isEqualTo(chain.allLogs());

    assertThat(ranges.width() * 40).isEqualTo(LogRanges.GOOD_ANSWER);
  }

  @Test
  void takesTheNumberOfBlocksThatANodeNames() {
    chain.refuseRangesAbove(100, OptionalLong.of(100));
    chain.grow(20_000, 0);

    assertThat(read(20_000)).isEmpty();

    assertThat(chain.logQueries()).as("200, and a try for more now and then").isBetween(200, 215);
  }

  @Test
  void halvesWhereANodeNamesNone() {
    chain.refuseRangesAbove(100, OptionalLong.empty());
    chain.grow(3_000, 1);

    assertThat(read(3_000)).isEqualTo(chain.allLogs());

    assertThat(chain.logQueries()).as("100 blocks each, and a try for more").isBetween(31, 34);
  }

  @Test
  void findsWhatANodeTakesThatNamesNoNumber() {
    chain.refuseRangesAbove(70, OptionalLong.empty());
    chain.grow(40_000, 0);

    assertThat(read(40_000)).isEmpty();

    assertThat(ranges.width()).isBetween(66L, 70L);
    assertThat(chain.refusals()).as("tries for more").isLessThan(16);
  }

  @Test
  void remembersWhatANodeGivesUpOverWithoutAWord() {
    chain.giveUpAbove(100);
    chain.grow(20_000, 0);

    assertThat(readPatiently(20_000)).isEmpty();

    assertThat(chain.refusals()).as("20,000 blocks are 200 questions").isLessThan(16);
  }

  @Test
  void asksForFewerBlocksWhereLogsAreLong() {
    String megabyte = "0x" + "ab".repeat(1 << 19);
    chain.grow(200, 1, List.of(SimulatedChain.CONTRACT), megabyte);

    assertThat(read(200)).hasSize(200);

    assertThat(ranges.width() * megabyte.length())
        .isBetween(LogRanges.GOOD_CHARACTERS / 2, LogRanges.GOOD_CHARACTERS);
  }

  @Test
  void asksForOneContractAfterTheOtherWhereABlockIsTooMuch() {
    EvmAddress other = new EvmAddress("0x" + "c1".repeat(20));
    LogRanges both =
        new LogRanges(chain, FollowSettings.of(Set.of(SimulatedChain.CONTRACT, other)));
    chain.grow(1, 10, List.of(other, SimulatedChain.CONTRACT), "0x");
    chain.refuseAnswersAbove(5);

    assertThat(both.logs(1, 1)).isEqualTo(chain.allLogs()).hasSize(10);
  }

  @Test
  void ordersWhatANodeAnswersInNoOrder() {
    chain.grow(20, 3);
    chain.answerBackwards();

    assertThat(read(20)).isEqualTo(chain.allLogs());
  }

  @Test
  void doesNotAskForASingleBlockForEver() {
    chain.refuseRangesAbove(0, OptionalLong.of(1));
    chain.grow(10, 1);

    assertThatThrownBy(() -> ranges.logs(1, 10)).isInstanceOf(LogRangeRefusedException.class);
    assertThat(ranges.width()).isEqualTo(1);
    assertThatThrownBy(() -> ranges.logs(1, 1)).isInstanceOf(LogRangeRefusedException.class);
    assertThat(ranges.width()).isEqualTo(1);
  }

  @Test
  void aNodeThatGivesUpIsAskedForLessAndAtOnceForMoreWhenItAnswers() {
    chain.grow(40_000, 0);
    read(40_000);
    chain.failNext();

    assertThatThrownBy(() -> ranges.logs(1, ranges.width()))
        .isInstanceOf(ChainUnavailableException.class);
    assertThat(ranges.width()).isEqualTo(FollowSettings.DEFAULT_RANGE / 2);
    ranges.logs(1, ranges.width());
    assertThat(ranges.width()).isEqualTo(FollowSettings.DEFAULT_RANGE);
  }

  /** More questions for less each would be answered even less. */
  @Test
  void asksForAsMuchOfANodeThatLimitsTheRate() {
    chain.grow(40_000, 0);
    read(40_000);
    for (int limited = 0; limited < 5; limited++) {
      chain.allow(0);
      assertThatThrownBy(() -> ranges.logs(1, ranges.width()))
          .isInstanceOf(ChainRateLimitedException.class);
      assertThat(ranges.width()).isEqualTo(FollowSettings.DEFAULT_RANGE);
    }
    chain.allow(1);
    assertThat(ranges.logs(1, ranges.width())).isEmpty();
  }

  @Test
  void aSingleBlockThatFailsSaysNothingOfRanges() {
    chain.grow(100, 0);
    chain.failNext();
    long before = ranges.width();

    assertThatThrownBy(() -> ranges.logs(1, 1)).isInstanceOf(ChainUnavailableException.class);

    assertThat(ranges.width()).isEqualTo(before);
  }

  /** Asks again where the node does not answer, for as many blocks as there are to ask for. */
  private List<ChainLog> readPatiently(long last) {
    List<ChainLog> all = new ArrayList<>();
    long next = 1;
    while (next <= last) {
      long to = Math.min(last, next + ranges.width() - 1);
      try {
        all.addAll(ranges.logs(next, to));
        next = to + 1;
      } catch (ChainUnavailableException unanswered) {
        assertThat(ranges.width()).isLessThan(to - next + 1);
      }
    }
    return all;
  }

  /** Asks again for less where the node refuses. */
  private List<ChainLog> read(long last) {
    List<ChainLog> all = new ArrayList<>();
    long next = 1;
    while (next <= last) {
      long to = Math.min(last, next + ranges.width() - 1);
      try {
        all.addAll(ranges.logs(next, to));
        next = to + 1;
      } catch (LogRangeRefusedException refused) {
        assertThat(ranges.width()).isLessThan(to - next + 1);
      }
    }
    return all;
  }
}
