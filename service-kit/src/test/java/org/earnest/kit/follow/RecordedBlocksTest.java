package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.junit.jupiter.api.Test;

class RecordedBlocksTest {
  private static final BlockRef FIRST = block(1);
  private static final BlockRef LAST = block(2);

  @Test
  void aHeaderIsBelievedBeforeLogsAndNoLogThatIsOfALaterTime() {
    assertThat(times(logs(1_000L, 1_007L), OptionalLong.of(1_010)))
        .isEqualTo(Map.of(FIRST, OptionalLong.of(1_000), LAST, OptionalLong.of(1_010)));
    // Of a node that tells milliseconds.
    assertThat(times(logs(1_000_000L, 1_010_000L), OptionalLong.of(1_010)))
        .isEqualTo(Map.of(FIRST, OptionalLong.empty(), LAST, OptionalLong.of(1_010)));
  }

  @Test
  void logsTellTimesWhereNoHeaderDid() {
    assertThat(times(logs(1_000L, 1_010L), OptionalLong.empty()))
        .isEqualTo(Map.of(FIRST, OptionalLong.of(1_000), LAST, OptionalLong.of(1_010)));
  }

  private static Map<BlockRef, OptionalLong> times(List<ChainLog> logs, OptionalLong end) {
    return RecordedBlocks.of(logs, new TimedBlock(LAST, end)).times();
  }

  private static List<ChainLog> logs(long first, long last) {
    return List.of(log(FIRST, first), log(LAST, last));
  }

  private static ChainLog log(BlockRef block, long time) {
    return new ChainLog(
        new LogRef(block, Hash32.ZERO, 0),
        EvmAddress.ZERO,
        List.of(),
        "0x",
        false,
        OptionalLong.of(time));
  }

  private static BlockRef block(long number) {
    return new BlockRef(Caip2ChainId.eip155(1), number, new Hash32("0x%064x".formatted(number)));
  }
}
