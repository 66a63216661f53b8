package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every recorded block gets its time, and the node is asked for no more of them than must be. */
class BlockTimesIT extends OnSandbox {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROUNDS = 3;
  private static final long UNTOLD = 0;

  /** Of the block after which logs are read: no log tells its time. */
  private static final int BASE = 1;

  @BeforeAll
  void playRounds() {
    for (int round = 1; round <= ROUNDS; round++) {
      play.round();
      sandbox.warp(1_000L * round);
    }
  }

  @BeforeEach
  void forget() {
    sandbox.forget();
  }

  @Test
  void areTakenFromLogsThatTellThem() throws Exception {
    TimingRpc node = new TimingRpc(sandbox.rpc, true);
    try (ReputationIndexer indexer = indexer(node)) {
      allAreTold(indexer);
      assertThat(node.headers()).isLessThanOrEqualTo(BASE);
    }
  }

  @Test
  void areAskedForWhereLogsDoNotTellThem() throws Exception {
    TimingRpc node = new TimingRpc(sandbox.rpc, false);
    try (ReputationIndexer indexer = indexer(node)) {
      allAreTold(indexer);
      assertThat(node.headers()).isBetween(BASE + ROUNDS, recorded().size());
    }
  }

  private ReputationIndexer indexer(TimingRpc node) {
    return ReputationIndexer.start(
        JsonRpcChainReader.connect(node),
        sandbox.contracts,
        sandbox.database,
        new SimpleMeterRegistry());
  }

  private void allAreTold(ReputationIndexer indexer) throws InterruptedException {
    sandbox.followed(indexer);
    Awaitility.await().atMost(PATIENCE).until(() -> !recorded().containsValue(UNTOLD));
    Map<Long, Long> recorded = recorded();
    assertThat(recorded).hasSizeGreaterThan(BASE + ROUNDS);
    recorded.forEach(
        (number, time) ->
            assertThat(time)
                .as("block %d", number)
                .isEqualTo(
                    sandbox.chain.block(new BlockTag.Height(number)).orElseThrow().timestamp()));
  }

  /** Times by blocks. */
  private Map<Long, Long> recorded() {
    Map<Long, Long> times = new TreeMap<>();
    sandbox.database.run(
        handle ->
            handle
                .createQuery(
                    "select number, coalesce(time, ?) as time from reputation.followed_block")
                .bind(0, UNTOLD)
                .map((row, context) -> Map.entry(row.getLong("number"), row.getLong("time")))
                .forEach(block -> times.put(block.getKey(), block.getValue())));
    return times;
  }
}
