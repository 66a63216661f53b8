package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.follow.TimedBlock;
import org.earnest.kit.http.Host;
import org.earnest.reputation.edge.ReputationService;
import org.earnest.reputation.graph.ChainTimes;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.ReputationStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What listeners are told of logs that came once their block had been read without them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamLateLogsIT {
  private static final Duration HEARTBEAT = Duration.ofMillis(200);

  /** Told while the index goes back; some seconds' worth, for a busy machine. */
  private static final int MOST_HEADS = 100;

  /** Blocks; twice as many as undone ones are remembered for. */
  private static final int FAR = 200_000;

  private Sandbox sandbox;
  private BlockRef base;

  /** Blocks in each of which one agent is registered. */
  private BlockRef first;

  private BlockRef second;
  private BlockRef third;
  private BlockRef last;
  private ReputationStore store;
  private Host host;

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    base = sandbox.head();
    first = registered();
    second = registered();
    third = registered();
    last = registered();
  }

  @AfterAll
  void end() throws Exception {
    sandbox.close();
  }

  @BeforeEach
  void readWithoutWhatComesLate() throws Exception {
    sandbox.forget();
    sandbox.database.migrate(ReputationStore.SCHEMA);
    store = new ReputationStore(sandbox.database, sandbox.contracts);
    store.begin(sandbox.chain.block(new BlockTag.Height(0)).orElseThrow().ref().hash(), base);
    store.caughtUp();
    append(base, first, logs(first));
    append(first, last, logs(last));
    // As of a follower that is back at the head before anybody looks.
    FollowProgress atHead =
        new FollowProgress(
            Optional.of(last), Optional.of(last), Optional.empty(), Optional.empty());
    host =
        Host.builder()
            .mount(
                new ReputationService(
                    new ReputationQueries(sandbox.database, sandbox.chain.chainId()),
                    sandbox.contracts,
                    new ChainTimes(sandbox.chain),
                    () -> atHead,
                    HEARTBEAT))
            .start();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void whoListensIsTakenBackAndToldThemOnce() throws Exception {
    try (Listener listener = Listener.to(host, "/stream", "")) {
      assertThat(listener.next().type()).isEqualTo("head");
      readAnew(first, second, last);
      Listener.Event told = listener.next();
      for (int heads = 0; told.type().equals("head") && heads < MOST_HEADS; heads++) {
        told = listener.next();
      }
      assertTakenBack(told, first);
      assertThat(registeredUntilHead(listener)).containsExactly(uri(second), uri(last));
      assertThat(listener.next().type()).isEqualTo("head");
    }
  }

  @Test
  void whoComesBackIsTakenBackAndToldThemOnce() throws Exception {
    String before = head();
    readAnew(first, second, last);
    assertTold(before, first, second, last);
    try (Listener again = Listener.to(host, "/stream", head())) {
      assertThat(again.next().type()).isEqualTo("head");
    }
  }

  /** The nearer block is recorded since the logs of the first time came. */
  @Test
  void whoWasAwayForSeveralTimesIsTakenBackAsFarAsTheDeepest() throws Exception {
    String before = head();
    readAnew(first, second, last);
    String between = head();
    readAnew(second, third, last);
    assertTold(before, first, second, third, last);
    assertTold(between, second, third, last);
  }

  /** Nothing but the note of it tells that a block was read again, so it is kept with the block. */
  @Test
  void whoWasAwayForVeryLongIsTakenBackAsWell() throws Exception {
    String before = head();
    readAnew(first, second, last);
    BlockRef far =
        new BlockRef(last.chain(), last.number() + FAR, new Hash32("0x" + "fa".repeat(32)));
    BlockRef undone = new BlockRef(last.chain(), far.number() + 1, Hash32.ZERO);
    append(last, far, List.of());
    append(far, undone, List.of());
    store.rewind(far);
    try (Listener again = Listener.to(host, "/stream", before)) {
      assertTakenBack(again.next(), first);
    }
  }

  @Test
  void whoStandsBelowIsNotTakenBack() throws Exception {
    String below =
        head().replace(last.number() + "/" + last.hash(), first.number() + "/" + first.hash());
    readAnew(first, second, last);
    try (Listener again = Listener.to(host, "/stream", below)) {
      assertThat(registeredUntilHead(again)).containsExactly(uri(second), uri(last));
    }
  }

  @Test
  void whoWasToldByAnIndexThatWentBackMoreOftenBeginsAnew() throws Exception {
    readAnew(first, second, last);
    String another = head();
    stop();
    readWithoutWhatComesLate();
    try (Listener again = Listener.to(host, "/stream", another)) {
      assertTakenBack(again.next(), base);
      assertThat(registeredUntilHead(again)).containsExactly(uri(first), uri(last));
    }
  }

  private void append(BlockRef from, BlockRef to, List<ChainLog> logs) {
    store.append(from, TimedBlock.untold(to), logs);
  }

  /** As the follower does when a block's logs come late. */
  private void readAnew(BlockRef from, BlockRef late, BlockRef to) {
    store.rewind(from);
    append(from, late, logs(late));
    append(late, to, logs(to));
  }

  private void assertTold(String lastEventId, BlockRef to, BlockRef... registered)
      throws Exception {
    try (Listener again = Listener.to(host, "/stream", lastEventId)) {
      assertTakenBack(again.next(), to);
      assertThat(registeredUntilHead(again))
          .containsExactlyElementsOf(List.of(registered).stream().map(this::uri).toList());
      assertThat(again.next().type()).isEqualTo("head");
    }
  }

  private void assertTakenBack(Listener.Event event, BlockRef to) {
    assertThat(event.type()).isEqualTo("reorg");
    assertThat(event.text("/from/blockHash")).isEqualTo(last.hash().hex());
    assertThat(event.text("/to/blockHash")).isEqualTo(to.hash().hex());
  }

  /** The agents that were registered by what is told before the head is reached. */
  private List<String> registeredUntilHead(Listener listener) throws Exception {
    List<Listener.Event> told = new ArrayList<>();
    do {
      told.addAll(listener.until("head"));
    } while (!told.getLast().text("/at/blockHash").equals(last.hash().hex()));
    assertThat(told).extracting(Listener.Event::type).containsOnly("agent", "head");
    return told.stream()
        .filter(event -> event.data().at("/detail/change").asString("").equals("registered"))
        .map(event -> event.text("/detail/uri"))
        .toList();
  }

  private String head() throws Exception {
    try (Listener listener = Listener.to(host, "/stream", "")) {
      return listener.next().id();
    }
  }

  private BlockRef registered() {
    long number = sandbox.head().number() + 1;
    var unused = sandbox.register(sandbox.buyer.address(), "https://agent.example/" + number);
    return sandbox.head();
  }

  private String uri(BlockRef block) {
    return "https://agent.example/" + block.number();
  }

  private List<ChainLog> logs(BlockRef block) {
    return sandbox.chain.logs(
        new LogQuery(
            block.number(),
            block.number(),
            Set.of(sandbox.contracts.identityRegistry()),
            List.of()));
  }
}
