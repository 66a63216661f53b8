package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

class FollowReportTest {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(1);
  private static final long BASE = 1_000;
  private static final long BLOCK_SECONDS = 12;

  @Test
  void beforeTheFirstLookNothingIsClaimed() {
    FollowFigures figures = at(FollowProgress.NONE, FollowSpeed.Speed.NONE);
    assertThat(figures.percent()).isEmpty();
    assertThat(figures.etaSeconds()).isEmpty();
    assertThat(figures.lagSeconds()).isEmpty();
    assertThat(figures.fromBlock()).isEqualTo(BASE + 1);
    assertThat(figures.atHead()).isFalse();
  }

  @Test
  void onTheWayThereIsAPartAndATime() {
    FollowFigures figures = at(progress(1_250, 2_000), new FollowSpeed.Speed(100, 40));
    assertThat(figures.percent()).contains(25.0);
    assertThat(figures.etaSeconds()).contains(8L);
    assertThat(figures.lagBlocks()).contains(750L);
    assertThat(figures.lagSeconds()).contains(750 * BLOCK_SECONDS);
    assertThat(figures.eventsPerSecond()).isEqualTo(40);
  }

  @Test
  void whoDoesNotMoveHasNoTimeToTell() {
    assertThat(at(progress(1_250, 2_000), FollowSpeed.Speed.NONE).etaSeconds()).isEmpty();
  }

  @Test
  void onlyTheHeadIsAll() {
    assertThat(at(progress(99_999_999, 100_000_000), FollowSpeed.Speed.NONE).percent())
        .hasValueSatisfying(percent -> assertThat(percent).isLessThan(100));
    FollowFigures figures = at(progress(2_000, 2_000), FollowSpeed.Speed.NONE);
    assertThat(figures.percent()).contains(100.0);
    assertThat(figures.etaSeconds()).contains(0L);
    assertThat(figures.lagSeconds()).contains(0L);
    assertThat(figures.atHead()).isTrue();
  }

  @Test
  void speedIsThatOfTheLastSeconds() {
    FollowSpeed speed = new FollowSpeed();
    assertThat(speed.at(look(0, 0, 0))).isEqualTo(FollowSpeed.Speed.NONE);
    assertThat(speed.at(look(2, 10, 100))).isEqualTo(new FollowSpeed.Speed(5, 50));
    assertThat(speed.at(look(10, 10, 100))).isEqualTo(new FollowSpeed.Speed(1, 10));
    assertThat(speed.at(look(13, 10, 100))).isEqualTo(FollowSpeed.Speed.NONE);
    assertThat(speed.at(look(1_000, 10 + 987, 100)).blocks()).isEqualTo(1);
  }

  @Test
  void blocksThatAreTakenBackAreNoSpeed() {
    FollowSpeed speed = new FollowSpeed();
    speed.at(look(0, 100, 5));
    assertThat(speed.at(look(1, 90, 5))).isEqualTo(FollowSpeed.Speed.NONE);
  }

  private static FollowSpeed.Look look(long second, long blocks, long events) {
    return new FollowSpeed.Look(second * 1_000_000_000L, blocks, events);
  }

  private static FollowFigures at(FollowProgress progress, FollowSpeed.Speed speed) {
    return new FollowReport(
            CHAIN, BASE, progress, block -> OptionalLong.of(block.number() * BLOCK_SECONDS))
        .figures(7, 0, speed);
  }

  private static FollowProgress progress(long cursor, long head) {
    return new FollowProgress(
        Optional.of(block(cursor)), Optional.of(block(head)), Optional.empty(), Optional.empty());
  }

  private static BlockRef block(long number) {
    return new BlockRef(CHAIN, number, new Hash32("0x" + "%064x".formatted(number)));
  }
}
