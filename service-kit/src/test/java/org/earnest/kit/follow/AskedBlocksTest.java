package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskedBlocksTest {
  private static final List<BlockRef> BLOCKS =
      LongStream.range(0, 4 * AskedBlocks.AT_ONCE).mapToObj(AskedBlocksTest::block).toList();

  private final AskedBlocks asked = new AskedBlocks();

  @AfterEach
  void stop() {
    asked.stop();
  }

  /** Each waits for as many as may be under way, so that fewer at once would never end. */
  @Test
  void asksAboutAllOfThemAFewAtOnce() {
    CyclicBarrier together = new CyclicBarrier(AskedBlocks.AT_ONCE);
    AtomicInteger underWay = new AtomicInteger();
    Set<BlockRef> seen = ConcurrentHashMap.newKeySet();
    assertThat(
            asked.allStand(
                BLOCKS,
                block -> {
                  assertThat(underWay.incrementAndGet()).isLessThanOrEqualTo(AskedBlocks.AT_ONCE);
                  seen.add(block);
                  try {
                    together.await(2, TimeUnit.MINUTES);
                  } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                  } finally {
                    underWay.decrementAndGet();
                  }
                  return true;
                }))
        .isTrue();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(BLOCKS);
  }

  @Test
  void oneThatDoesNotStandIsEnough() {
    assertThat(asked.allStand(BLOCKS, block -> block.number() != 7)).isFalse();
    assertThat(asked.allStand(List.of(), block -> false)).isTrue();
  }

  @Test
  void aNodeThatDoesNotAnswerIsNoAnswer() {
    ChainUnavailableException away = new ChainUnavailableException("away");
    assertThatThrownBy(
            () ->
                asked.allStand(
                    BLOCKS,
                    block -> {
                      throw away;
                    }))
        .isSameAs(away);
    asked.stop();
    assertThatThrownBy(() -> asked.allStand(BLOCKS, block -> true))
        .isInstanceOf(ChainUnavailableException.class);
  }

  private static BlockRef block(long number) {
    return new BlockRef(
        Caip2ChainId.eip155(31337), number, new Hash32("0x%064x".formatted(number)));
  }
}
