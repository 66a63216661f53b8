package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.earnest.kit.follow.FollowFigures;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void tellsHowFarHowFastAndHowLong() {
    FollowFigures figures =
        figures(Optional.of(1_250_000L), Optional.of(25.0), Optional.of(3_725L), Optional.empty());
    assertThat(ProgressLine.drawn(figures))
        .isEqualTo(
            "[#####---------------] block 1,250,000 of 2,000,000 (25.0 %), 12,345 events, 4,210/s,"
                + " 1 h 2 min left");
  }

  @Test
  void tellsTheHead() {
    FollowFigures figures =
        figures(Optional.of(2_000_000L), Optional.of(100.0), Optional.of(0L), Optional.empty());
    assertThat(ProgressLine.plain(figures))
        .isEqualTo("block 2,000,000 of 2,000,000 (100.0 %), 12,345 events, 4,210/s, at the head");
  }

  @Test
  void tellsAFaultInsteadOfATime() {
    FollowFigures figures =
        figures(
            Optional.of(2_000_000L),
            Optional.of(100.0),
            Optional.of(0L),
            Optional.of("the node is away"));
    assertThat(ProgressLine.plain(figures)).endsWith("4,210/s; the node is away");
  }

  @Test
  void claimsNothingBeforeTheFirstLook() {
    FollowFigures none =
        new FollowFigures(
            "eip155:1",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            Optional.empty(),
            0,
            Optional.empty());
    assertThat(ProgressLine.drawn(none))
        .isEqualTo("[--------------------] block 0 of ? (? %), 0 events, 0/s");
  }

  private static FollowFigures figures(
      Optional<Long> block, Optional<Double> percent, Optional<Long> eta, Optional<String> fault) {
    long head = 2_000_000;
    return new FollowFigures(
        "eip155:1",
        1,
        block,
        Optional.of(head),
        Optional.empty(),
        block.map(at -> head - at),
        Optional.empty(),
        percent,
        12_345,
        4_209.7,
        eta,
        0,
        fault);
  }
}
