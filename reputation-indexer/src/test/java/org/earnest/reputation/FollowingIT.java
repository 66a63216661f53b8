package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.WebSocketHeads;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.kit.follow.FollowHaltedException;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.follow.TimedBlock;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationStore;
import org.earnest.testkit.chain.AnvilProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;

/** Whatever came between, the rows are those of a fresh read of the chain as it is. */
class FollowingIT extends OnSandbox {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** It may end so many blocks before what its node still answers. */
  private static final long STEP = 16;

  @BeforeEach
  void play() {
    play.round();
  }

  @Test
  void hasTheSameRowsAfterARestartInTheMiddle() throws Exception {
    play.round();
    play.round();
    Map<String, List<String>> whole = freshRows();
    long head = sandbox.head().number();
    for (long stop = STEP; stop < head; stop += head / 4) {
      sandbox.forget();
      try (ReputationIndexer first = sandbox.indexerUpTo(stop)) {
        assertThat(first.awaitBlock(stop - STEP + 1, PATIENCE)).as("%s", first.progress()).isTrue();
      }
      assertThat(store().cursor().orElseThrow().number()).isBetween(1L, stop);
      assertThat(sandbox.rows()).as("stopped at %d of %d", stop, head).isNotEqualTo(whole);
      follow();
      assertThat(sandbox.rows()).as("stopped at %d of %d", stop, head).isEqualTo(whole);
    }
  }

  @Test
  void changesNothingWhenItIsStartedAgain() throws Exception {
    Map<String, List<String>> whole = freshRows();
    follow();
    follow();
    assertThat(sandbox.rows()).isEqualTo(whole);
  }

  @Test
  void undoesAReorganisationWhileItRuns() throws Exception {
    for (int depth : new int[] {1, 7, 30}) {
      try (ReputationIndexer indexer = sandbox.indexer()) {
        play.round();
        sandbox.followed(indexer);
        Map<String, List<String>> before = sandbox.rows();
        sandbox.reorganise(depth);
        sandbox.followed(indexer);
        assertThat(sandbox.rows()).as("%d deep", depth).isNotEqualTo(before);
      }
      Map<String, List<String>> undone = sandbox.rows();
      assertThat(undone).as("%d deep", depth).isEqualTo(freshRows());
      sandbox.mine();
      play.round();
    }
  }

  @Test
  void goesBackWithAChainThatStaysBehind() throws Exception {
    Map<String, List<String>> then = freshRows();
    String snapshot = sandbox.snapshot();
    play.round();
    follow();
    BlockRef ahead = store().cursor().orElseThrow();
    assertThat(sandbox.rows()).isNotEqualTo(then);
    sandbox.revert(snapshot);
    assertThat(sandbox.head().number()).isLessThan(ahead.number());
    follow();
    assertThat(store().cursor()).contains(sandbox.head());
    assertThat(sandbox.rows()).isEqualTo(then);
    sandbox.mine();
    play.round();
    follow();
    Map<String, List<String>> now = sandbox.rows();
    assertThat(now).isNotEqualTo(then).isEqualTo(freshRows());
  }

  /** By the socket: polling alone would find the agent long after the test has given up. */
  @Test
  void readsABlockWhenItsHeadIsTold() throws Exception {
    URI url = sandbox.anvil.url();
    FollowSettings rarely =
        FollowSettings.of(sandbox.contracts.addresses())
            .withPollInterval(PATIENCE.multipliedBy(10))
            .listeningTo(WebSocketHeads.at(URI.create("ws://" + url.getAuthority())));
    try (ReputationIndexer indexer =
        ReputationIndexer.start(
            sandbox.chain,
            sandbox.contracts,
            sandbox.database,
            new SimpleMeterRegistry(),
            rarely)) {
      for (int i = 0; i < 3; i++) {
        BigInteger agent = sandbox.register(sandbox.buyer.address(), "");
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> queries().agent(agent) instanceof Read.Found);
      }
      assertThat(indexer.halted()).isEmpty();
    }
  }

  @Test
  void quarantinesAnEventWithoutSenseAndGoesOn() throws Exception {
    follow();
    long before = queries().quarantined();
    BlockRef cursor = store().cursor().orElseThrow();
    BlockRef fake =
        new BlockRef(cursor.chain(), cursor.number() + 1, new Hash32("0x" + "ba".repeat(32)));
    Hash32 closed = new Hash32(EventEncoder.encode(DealEscrow.CLOSED_EVENT));
    Hash32 word = new Hash32("0x" + "ff".repeat(32));
    EvmAddress from = sandbox.escrow();
    String zeros = "0x" + "00".repeat(12 * Hash32.BYTES);
    List<Hash32> topics = List.of(closed, word, word);
    store()
        .append(
            cursor,
            TimedBlock.untold(fake),
            List.of(
                new ChainLog(new LogRef(fake, word, 0), from, topics, "0x", false),
                new ChainLog(new LogRef(fake, word, 1), from, topics, zeros, false)));
    assertThat(queries().quarantined() - before).isEqualTo(2);
    assertThat(store().cursor()).isEqualTo(Optional.of(fake));
    follow();
    assertThat(queries().quarantined()).as("the chain never had them").isEqualTo(before);
  }

  @Test
  void doesNotStartOnAnotherChain() throws Exception {
    Map<String, List<String>> whole = freshRows();
    try (AnvilProcess other = AnvilProcess.start("--timestamp", "1000000000")) {
      assertThatThrownBy(
              () ->
                  ReputationIndexer.start(
                          JsonRpcChainReader.connect(HttpJsonRpc.to(other.url())),
                          sandbox.contracts,
                          sandbox.database,
                          new SimpleMeterRegistry())
                      .close())
          .isInstanceOfSatisfying(
              FollowHaltedException.class,
              halted -> {
                assertThat(halted.code()).isEqualTo("chain_replaced");
                assertThat(halted.remedy()).contains("--fresh");
              });
    }
    assertThat(sandbox.rows()).as("nothing is lost").isEqualTo(whole);
  }

  private void follow() throws Exception {
    try (ReputationIndexer indexer = sandbox.indexer()) {
      sandbox.followed(indexer);
    }
  }

  private Map<String, List<String>> freshRows() throws Exception {
    sandbox.forget();
    follow();
    return sandbox.rows();
  }

  private ReputationStore store() {
    return new ReputationStore(sandbox.database, sandbox.contracts);
  }
}
