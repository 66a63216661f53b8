package org.earnest.reputation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.follow.FollowSettings;
import org.junit.jupiter.api.Test;

class LateIndexesTest {
  private static final long HEAD = 10_000;

  @Test
  void areNotMadeWhileRangesFarBelowTheHeadMayStillBeRead() {
    assertThat(LateIndexes.isNear(behind(FollowSettings.DEFAULT_HORIZON))).isFalse();
    assertThat(LateIndexes.isNear(behind(FollowSettings.DEFAULT_HORIZON - 1))).isTrue();
    assertThat(LateIndexes.isNear(behind(0))).isTrue();
  }

  private static FollowProgress behind(long lag) {
    return new FollowProgress(
        Optional.of(block(HEAD - lag)),
        Optional.of(block(HEAD)),
        Optional.empty(),
        Optional.empty());
  }

  private static BlockRef block(long number) {
    return new BlockRef(Caip2ChainId.eip155(31337), number, Hash32.ZERO);
  }
}
