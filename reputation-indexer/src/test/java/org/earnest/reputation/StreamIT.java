package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockRef;
import org.earnest.kit.http.Host;
import org.earnest.reputation.edge.ReputationService;
import org.earnest.reputation.graph.ChainTimes;
import org.earnest.reputation.store.ReputationQueries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What listeners are told while the chain goes on and back. */
class StreamIT extends OnSandbox {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** No head comes between what else is told, however slow the machine is. */
  private static final Duration SELDOM = Duration.ofHours(1);

  private static final String LAST = "https://last.example/";

  private Host host;

  @BeforeEach
  void serve() throws Exception {
    indexer = sandbox.indexer();
    host = Host.builder().mount(telling(SELDOM)).start();
    sandbox.followed(indexer);
  }

  @AfterEach
  void stop() {
    host.close();
    indexer.close();
  }

  @Test
  void tellsEveryChangeInTheChainsOrderAndAgainFromAnyOfThem() throws Exception {
    List<Listener.Event> told;
    try (Listener listener = Listener.to(host, "/stream", "")) {
      assertThat(listener.next().type()).isEqualTo("head");
      for (int round = 0; round < 3; round++) {
        play.round();
      }
      told = untilMark(listener, mark());
    }
    assertThat(told).extracting(Listener.Event::type).contains("agent", "feedback", "deal");
    assertThat(told).isSortedAccordingTo((one, other) -> Long.compare(block(one), block(other)));
    equalsWhatTheApiLists(told);
    String mark = told.getLast().text("/detail/uri");
    for (int place = 0; place < told.size() - 1; place += 5) {
      try (Listener again = Listener.to(host, "/stream", told.get(place).id())) {
        assertThat(what(untilMark(again, mark)))
            .isEqualTo(what(told.subList(place + 1, told.size())));
      }
    }
  }

  @Test
  void tellsOfOneAgentWhereThatIsAsked() throws Exception {
    try (Listener all = Listener.to(host, "/stream", "");
        Listener one = Listener.to(host, "/stream?agent=" + agent(), "")) {
      assertThat(one.next().type()).isEqualTo("head");
      assertThat(all.next().type()).isEqualTo("head");
      play.round();
      play.round();
      String id = sandbox.contracts.registry() + ":" + agent();
      List<Listener.Event> ofAll = untilMark(all, mark());
      List<Listener.Event> wanted =
          ofAll.stream().filter(event -> event.text("/agentId").equals(id)).toList();
      for (Listener.Event event : wanted) {
        assertThat(one.next().what()).isEqualTo(event.what());
      }
    }
  }

  @Test
  void tellsOfReorganisations() throws Exception {
    try (Listener listener = Listener.to(host, "/stream", "")) {
      listener.next();
      BlockRef common = sandbox.head();
      String gone = mark();
      List<Listener.Event> before = untilMark(listener, gone);
      BlockRef from = sandbox.head();
      sandbox.reorganise(1);
      String stays = mark();
      Listener.Event reorg = listener.until("reorg").getLast();
      List<Listener.Event> after = untilMark(listener, stays);
      assertThat(reorg.text("/from/blockHash")).isEqualTo(from.hash().hex());
      assertThat(reorg.text("/from/finality")).isEqualTo("latest");
      assertThat(reorg.text("/to/blockHash")).isEqualTo(common.hash().hex());
      // Who was away meanwhile is told the same.
      try (Listener again = Listener.to(host, "/stream", before.getLast().id())) {
        assertThat(again.until("reorg").getLast().id()).isEqualTo(reorg.id());
        assertThat(what(untilMark(again, stays))).isEqualTo(what(after));
      }
      try (Listener again = Listener.to(host, "/stream", reorg.id())) {
        assertThat(what(untilMark(again, stays))).isEqualTo(what(after));
      }
    }
  }

  @Test
  void tellsTheHeadToWhoHearsNothingElseHoweverOftenBlocksCome() throws Exception {
    try (Host quick = Host.builder().mount(telling(Duration.ofSeconds(2))).start();
        Listener listener = Listener.to(quick, "/stream?agent=999999", "")) {
      long begun = block(listener.next());
      AtomicBoolean heard = new AtomicBoolean();
      Thread miner =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!heard.get()) {
                      sandbox.mine();
                      LockSupport.parkNanos(PAUSE.toNanos());
                    }
                  });
      try {
        Listener.Event head = listener.next();
        while (block(head) == begun) {
          head = listener.next();
        }
        assertThat(head.type()).isEqualTo("head");
        assertThat(block(head)).isGreaterThan(begun);
      } finally {
        heard.set(true);
        miner.join();
        sandbox.followed(indexer);
      }
    }
  }

  @Test
  void tellsTheBeginningOfATextThatIsTooLong() throws Exception {
    String before = eventIdOfHead();
    String huge = mark();
    for (String table : List.of("agent", "agent_change")) {
      sandbox.database.run(
          handle ->
              handle.execute(
                  "update reputation."
                      + table
                      + " set uri = repeat('\u00e9', 2000000) where uri = ?",
                  huge));
    }
    String last = mark();
    try (Listener listener = Listener.to(host, "/stream", before)) {
      List<Listener.Event> told = untilMark(listener, last);
      assertThat(told)
          .extracting(event -> event.data().at("/detail/uri").asString("").length())
          .contains(ReputationQueries.MAX_TEXT);
    }
    assertThat(new Api(host).pages("/agents?limit=100", "agents"))
        .extracting(agent -> agent.path("uri").stringValue().length())
        .contains(ReputationQueries.MAX_TEXT);
  }

  @Test
  void beginsAnewWithABlockThatNobodyRemembers() throws Exception {
    String unknown =
        "eip155:31337/%d/0x%s/0/end/0".formatted(sandbox.head().number(), "ab".repeat(32));
    String mark = mark();
    try (Listener listener = Listener.to(host, "/stream", unknown)) {
      List<Listener.Event> told = untilMark(listener, mark);
      assertThat(told.getFirst().type()).isEqualTo("reorg");
      assertThat(told.getFirst().data().at("/to/blockNumber").longValue()).isZero();
      equalsWhatTheApiLists(told.subList(1, told.size()));
    }
  }

  @Test
  void refusesIdsThatItDidNotGive() throws Exception {
    Api api = new Api(host);
    for (String id : List.of("", "7", "eip155:31337/1/0x12/0/0/0", "x".repeat(400))) {
      api.refused("/stream?lastEventId=" + id, 400, "invalid_request");
    }
    String elsewhere = "eip155:1/7/0x" + "ab".repeat(32) + "/0/end/0";
    api.refused("/stream?lastEventId=" + elsewhere, 400, "cursor_of_another_chain");
    api.refused("/stream?agent=seven", 400, "invalid_request");
    api.refused("/stream?since=7", 400, "invalid_request");
  }

  private ReputationService telling(Duration heartbeat) {
    return new ReputationService(
        queries(), sandbox.contracts, new ChainTimes(sandbox.chain), indexer::progress, heartbeat);
  }

  /** What was told of deals and feedback must be the newest of what the listings have. */
  private void equalsWhatTheApiLists(List<Listener.Event> told) throws Exception {
    Api api = new Api(host);
    List<String> listed = new ArrayList<>();
    for (JsonNode agent : api.pages("/agents?limit=100", "agents")) {
      String path = "/agents/" + agent.path("agentId").stringValue();
      for (JsonNode entry : api.pages(path + "/feedback?limit=100", "feedback")) {
        listed.add(place(entry));
      }
      for (JsonNode deal : api.pages(path + "/deals?limit=100", "deals")) {
        listed.add(place(deal.path("source")));
      }
    }
    long first = block(told.getFirst());
    Stream<String> wanted =
        listed.stream().filter(it -> Long.parseLong(it.split(" ", -1)[0]) >= first);
    assertThat(
            told.stream()
                .filter(it -> List.of("given", "closed").contains(it.text("/detail/change")))
                .map(StreamIT::place))
        .containsExactlyInAnyOrderElementsOf(wanted.toList());
  }

  private static List<String> what(List<Listener.Event> events) {
    return events.stream().map(Listener.Event::what).toList();
  }

  private static String place(Listener.Event event) {
    return block(event) + " " + event.data().path("logIndex");
  }

  private static String place(JsonNode source) {
    return source.path("blockNumber") + " " + source.path("logIndex");
  }

  private static long block(Listener.Event event) {
    return event.data().at("/at/blockNumber").longValue();
  }

  private String eventIdOfHead() throws Exception {
    try (Listener listener = Listener.to(host, "/stream", "")) {
      return listener.next().id();
    }
  }

  private BigInteger agent() {
    return play.agents.iterator().next();
  }

  /** Registers an agent that tells where the listening may end. */
  private String mark() throws Exception {
    String uri = LAST + sandbox.head().hash();
    sandbox.register(sandbox.buyer.address(), uri);
    sandbox.followed(indexer);
    return uri;
  }

  private static List<Listener.Event> untilMark(Listener listener, String uri) throws Exception {
    List<Listener.Event> all = new ArrayList<>();
    do {
      all.addAll(listener.until("agent"));
    } while (!uri.equals(all.getLast().data().at("/detail/uri").asString("")));
    return all;
  }
}
