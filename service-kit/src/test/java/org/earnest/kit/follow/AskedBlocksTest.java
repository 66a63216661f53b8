package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskedBlocksTest {
  private static final int MANY = 10 * AskedBlocks.AT_ONCE * AskedBlocks.FEW;
  private static final List<Long> HEIGHTS = LongStream.range(0, MANY).boxed().toList();

  private final Queue<Integer> questions = new ConcurrentLinkedQueue<>();
  private final QuestionsAtOnce atOnce = new QuestionsAtOnce();
  private final AskedBlocks asked = new AskedBlocks(this::answer, atOnce);
  private Runnable beforeAnswer = () -> {};
  private volatile int mostAnswered = MANY;

  @AfterEach
  void stop() {
    asked.stop();
  }

  @Test
  void asksForAFewByOneQuestion() {
    Map<Long, BlockHeader> told = asked.at(HEIGHTS.subList(0, AskedBlocks.FEW));

    assertThat(told.keySet())
        .containsExactlyInAnyOrderElementsOf(HEIGHTS.subList(0, AskedBlocks.FEW));
    assertThat(questions).containsExactly(AskedBlocks.FEW);
  }

  /** Each waits for as many as may be under way, so that fewer at once would never end. */
  @Test
  void asksForManyByAFewQuestionsAtOnce() {
    meetBeforeAnswers(AskedBlocks.AT_ONCE);

    Map<Long, BlockHeader> told = asked.at(HEIGHTS);

    assertThat(told)
        .hasSize(MANY)
        .allSatisfy((height, header) -> assertThat(header.ref()).isEqualTo(block(height)));
    assertThat(questions)
        .hasSize(MANY / AskedBlocks.FEW)
        .allSatisfy(blocks -> assertThat(blocks).isEqualTo(AskedBlocks.FEW));
  }

  @Test
  void asksAsManyBlocksByFewerQuestionsAtOnceWhereTheRateIsLimited() {
    ChainRateLimitedException limit = new ChainRateLimitedException("too many");
    beforeAnswer =
        () -> {
          throw limit;
        };
    List<Long> few = HEIGHTS.subList(0, AskedBlocks.FEW);
    assertThatThrownBy(() -> asked.at(few)).isSameAs(limit);
    questions.clear();
    atOnce.limited();
    meetBeforeAnswers(AskedBlocks.AT_ONCE / 2);

    assertThat(asked.at(HEIGHTS)).hasSize(MANY);

    assertThat(questions)
        .hasSize(MANY / AskedBlocks.FEW)
        .allSatisfy(blocks -> assertThat(blocks).isEqualTo(AskedBlocks.FEW));
  }

  private void meetBeforeAnswers(int most) {
    CyclicBarrier together = new CyclicBarrier(most);
    AtomicInteger underWay = new AtomicInteger();
    beforeAnswer =
        () -> {
          assertThat(underWay.incrementAndGet()).isLessThanOrEqualTo(most);
          try {
            together.await(2, TimeUnit.MINUTES);
          } catch (Exception broken) {
            throw new IllegalStateException(broken);
          } finally {
            underWay.decrementAndGet();
          }
        };
  }

  /** Otherwise the same question would be asked for ever. */
  @Test
  void asksForLessOfANodeThatDoesNotAnswerInItsTime() {
    mostAnswered = 1;
    for (int tries = 0; tries < 4; tries++) {
      assertThatThrownBy(() -> asked.at(HEIGHTS)).isInstanceOf(ChainUnavailableException.class);
    }
    assertThat(asked.at(HEIGHTS)).hasSize(MANY);

    mostAnswered = MANY;
    for (int tries = 0; tries < 4; tries++) {
      assertThat(asked.at(HEIGHTS)).hasSize(MANY);
    }
    questions.clear();
    assertThat(asked.at(HEIGHTS)).hasSize(MANY);
    assertThat(questions).as("as much as before").hasSize(MANY / AskedBlocks.FEW);
  }

  @Test
  void leavesOutWhatTheChainDoesNotHave() {
    assertThat(asked.at(List.of(7L, -1L))).containsOnlyKeys(7L);
    assertThat(asked.at(List.of())).isEmpty();
  }

  @Test
  void oneThatDoesNotStandIsEnough() {
    assertThat(asked.stand(List.of(block(3), block(7)))).isTrue();
    BlockRef other = new BlockRef(block(3).chain(), 3, block(4).hash());
    assertThat(asked.stand(List.of(other, block(7)))).isFalse();
    assertThat(asked.stand(List.of(block(3), block(MANY)))).isFalse();
  }

  @Test
  void aNodeThatDoesNotAnswerIsNoAnswer() {
    ChainUnavailableException away = new ChainUnavailableException("away");
    beforeAnswer =
        () -> {
          throw away;
        };
    assertThatThrownBy(() -> asked.at(HEIGHTS)).isSameAs(away);
    assertThatThrownBy(() -> asked.at(List.of(1L))).isSameAs(away);
    asked.stop();
    assertThatThrownBy(() -> asked.at(HEIGHTS)).isInstanceOf(ChainUnavailableException.class);
  }

  private List<Optional<BlockHeader>> answer(List<BlockTag> tags) {
    questions.add(tags.size());
    beforeAnswer.run();
    if (tags.size() > mostAnswered) {
      throw new ChainUnavailableException("no answer in time");
    }
    return tags.stream()
        .map(tag -> ((BlockTag.Height) tag).number())
        .map(
            height ->
                Optional.of(height)
                    .filter(HEIGHTS::contains)
                    .map(there -> new BlockHeader(block(there), Hash32.ZERO, 0, BigInteger.ZERO)))
        .toList();
  }

  private static BlockRef block(long number) {
    return new BlockRef(
        Caip2ChainId.eip155(31337), number, new Hash32("0x%064x".formatted(number)));
  }
}
