package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.ReputationReader;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.store.LateIndexes;
import org.earnest.testkit.reputation.ReputationReaderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** By what agents are listed, found and compared, held against their deals and feedback. */
class StandingIT extends OnSandbox implements ReputationReaderContract {
  private static final int ROUNDS = 8;
  private static final int SCALE = 18;
  private static final String INDEX =
      "indexrelid = to_regclass('reputation.feedback_standing_average')";
  private static final int INDEX_TRIES = 300;

  private List<JsonNode> agents;

  @BeforeAll
  void index() throws Exception {
    serve(ROUNDS);
    // Some of it comes twice: what is taken back must leave the standings as if it never was.
    play.round();
    sandbox.followed(indexer);
    sandbox.reorganise(10);
    sandbox.mine();
    sandbox.followed(indexer);
    agents = api.pages("/agents?limit=100", "agents");
  }

  @AfterAll
  void stop() {
    stopServing();
  }

  @Override
  public ReputationReader reader() {
    return indexer;
  }

  @Override
  public AgentId paid() {
    return play.agents.stream()
        .filter(agent -> !sum(agent).equals(SettledSummary.NONE))
        .findFirst()
        .map(agent -> new AgentId(sandbox.contracts.registry(), agent))
        .orElseThrow();
  }

  @Override
  public Caip19AssetId asset() {
    return new Caip19AssetId(sandbox.chain.chainId(), sandbox.token);
  }

  @Override
  public SettledSummary earned() {
    return sum(paid().tokenId());
  }

  /** What the contract says of its present epoch. */
  private SettledSummary sum(BigInteger agent) {
    DealEscrowReads escrow = new DealEscrowReads(sandbox.chain, sandbox.escrow());
    long epoch =
        new IdentityRegistryReads(sandbox.chain, sandbox.contracts.identityRegistry())
            .binding(agent, BlockTag.Named.LATEST)
            .epoch();
    return play.touched.stream()
        .filter(key -> key.agentId().equals(agent) && key.epoch() == epoch)
        .filter(key -> !key.tag().equals(Contribution.CLIENT_TAG))
        .map(key -> escrow.settled(agent, epoch, key.token(), key.tag(), BlockTag.Named.LATEST))
        .reduce(SettledSummary.NONE, DifferentialIT::plus);
  }

  @Test
  void whatWasReadLongAgoIsNotWhatHoldsNow() {
    BlockHeader head = sandbox.chain.block(BlockTag.Named.LATEST).orElseThrow();
    Instant last = Instant.ofEpochSecond(head.timestamp()).plus(Freshness.MAX_AGE);
    assertThat(new Freshness(sandbox.chain, () -> last).of(head.ref())).isTrue();
    assertThat(new Freshness(sandbox.chain, () -> last.plusMillis(1)).of(head.ref())).isFalse();
    BlockRef unknown = new BlockRef(sandbox.chain.chainId(), 1, Hash32.ZERO);
    assertThat(new Freshness(sandbox.chain, () -> last).of(unknown)).isFalse();
  }

  @Test
  void addsUpWhatWasSettledInTheCurrentEpoch() throws Exception {
    for (JsonNode agent : inToken()) {
      List<JsonNode> deals = deals(agent, "payee");
      JsonNode standing = agent.path("standing");
      assertThat(standing.path("closed").intValue()).isEqualTo(deals.size());
      assertThat(text(standing, "volume"))
          .isEqualTo(
              deals.stream()
                  .map(deal -> new BigInteger(deal.at("/source/gross").stringValue()))
                  .reduce(BigInteger.ZERO, BigInteger::add)
                  .toString());
      assertThat(standing.path("missed").longValue())
          .isEqualTo(deals.stream().filter(it -> it.at("/source/missed").booleanValue()).count());
      assertThat(standing.path("rated").longValue())
          .isEqualTo(deals.stream().filter(it -> it.path("source").has("rating")).count());
    }
    assertThat(agents.getFirst().path("standing").has("volume")).as("no token named").isFalse();
  }

  @Test
  void averagesFeedbackThatNobodyRevoked() throws Exception {
    int averaged = 0;
    for (JsonNode agent : agents) {
      List<JsonNode> entries =
          api.pages("/agents/" + text(agent, "agentId") + "/feedback?revoked=false", "feedback");
      JsonNode standing = agent.path("standing");
      assertThat(standing.path("feedbackCount").intValue()).isEqualTo(entries.size());
      if (!entries.isEmpty()) {
        averaged++;
        assertThat(new BigDecimal(text(standing, "feedbackAverage")))
            .isEqualByComparingTo(average(entries));
      }
    }
    assertThat(averaged).isPositive();
  }

  @Test
  void listsByEachMeasureInBothDirections() throws Exception {
    String token = "&token=" + sandbox.token;
    sorted("registered", "", agents, StandingIT::id);
    sorted("active", "", agents, it -> it.at("/standing/lastActiveBlock").longValue());
    sorted("volume", token, settled("closed"), it -> Long.parseLong(volume(it)));
    sorted("rating", token, settled("rated"), StandingIT::rating);
    List<BigDecimal> averages = new ArrayList<>();
    for (JsonNode agent : api.pages("/agents?sort=feedback&limit=2", "agents")) {
      averages.add(new BigDecimal(agent.at("/standing/feedbackAverage").stringValue()));
    }
    assertThat(averages).isSortedAccordingTo(Comparator.reverseOrder()).isNotEmpty();
  }

  @Test
  void makesTheIndexByAverageAnewWhereABreakLeftOneThatIsNotValid() throws Exception {
    untilIndexed();
    int marked =
        sandbox.database.call(
            handle -> handle.execute("update pg_index set indisvalid = false where " + INDEX));
    assertThat(marked).isOne();
    LateIndexes again =
        LateIndexes.start(sandbox.database, sandbox.contracts.chain(), indexer::progress);
    try {
      untilIndexed();
    } finally {
      again.close();
    }
  }

  /** Until it is there and whoever made it has let go. */
  private void untilIndexed() throws InterruptedException {
    for (int tries = 0; tries < INDEX_TRIES; tries++) {
      if (sandbox.database.<Boolean, RuntimeException>call(
          handle ->
              handle
                  .createQuery(
                      "select exists (select from pg_index where indisvalid and "
                          + INDEX
                          + ") and exists (select from pg_index where indisvalid and indexrelid"
                          + " = to_regclass('reputation.feedback_agent'))"
                          + " and not exists (select from pg_locks where locktype = 'advisory')")
                  .mapTo(Boolean.class)
                  .one())) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("there is no valid index");
  }

  @Test
  void knowsWhenAnAgentWasLastActive() throws Exception {
    for (JsonNode agent : agents) {
      long last = agent.at("/standing/lastActiveBlock").longValue();
      assertThat(last).isGreaterThanOrEqualTo(agent.path("registeredBlock").longValue());
      for (JsonNode deal :
          api.pages("/agents/" + text(agent, "agentId") + "/deals?limit=1", "deals")) {
        assertThat(deal.at("/source/blockNumber").longValue()).isLessThanOrEqualTo(last);
      }
    }
  }

  @Test
  void narrowsByOwnerWalletTagAndToken() throws Exception {
    JsonNode some = agents.getFirst();
    assertThat(found("/agents?owner=" + text(some, "owner")))
        .contains(text(some, "agentId"))
        .hasSizeLessThan(agents.size());
    assertThat(found("/agents?wallet=0x" + "00".repeat(19) + "01")).isEmpty();
    assertThat(found("/agents?token=" + sandbox.token))
        .isEqualTo(settled("closed").stream().map(it -> text(it, "agentId")).toList());
    assertThat(found("/agents?tag=never-used")).isEmpty();
    assertThat(found("/agents?tag=earnest.client&token=" + sandbox.token)).hasSizeLessThan(2);
  }

  @Test
  void findsByMinimums() throws Exception {
    String token = "token=" + sandbox.token;
    for (JsonNode agent : settled("closed")) {
      String id = text(agent, "agentId");
      long closed = agent.at("/standing/closed").longValue();
      assertThat(found("/search?minSettled=" + closed)).contains(id);
      assertThat(found("/search?minSettled=" + (closed + 1))).doesNotContain(id);
      assertThat(found("/search?" + token + "&minVolume=" + volume(agent))).contains(id);
      BigInteger more = new BigInteger(volume(agent)).add(BigInteger.ONE);
      assertThat(found("/search?" + token + "&minVolume=" + more)).doesNotContain(id);
    }
    for (JsonNode agent : agents) {
      String id = text(agent, "agentId");
      long entries = agent.at("/standing/feedbackCount").longValue();
      assertThat(found("/search?minFeedback=" + (entries + 1))).doesNotContain(id);
      if (entries > 0) {
        String average = agent.at("/standing/feedbackAverage").stringValue();
        assertThat(found("/search?minAverage=" + average)).contains(id);
      }
    }
    assertThat(found("/search?minScore=50&sort=score"))
        .isEqualTo(found("/search?minAverage=50&sort=feedback"));
    assertThat(found("/search?minRating=0"))
        .isEqualTo(settled("rated").stream().map(it -> text(it, "agentId")).toList());
    assertThat(found("/search?minRating=100&minSettled=1000000")).isEmpty();
  }

  @Test
  void refusesToSearchForWhatItDoesNotKnow() throws Exception {
    for (String wrong :
        List.of(
            "/search",
            "/search?sort=active",
            "/search?minSettled=0",
            "/search?minVolume=5",
            "/search?minRating=101&token=" + sandbox.token,
            "/search?minAverage=1e38",
            "/search?minAverage=" + "9".repeat(60),
            "/search?score=9",
            "/search?credential=Licence",
            "/search?minResponse=50",
            "/search?minScore=1e3",
            "/agents?sort=volume",
            "/agents?order=up",
            "/agents?owner=me")) {
      api.refused(wrong, 400, "invalid_request");
    }
    String next = text(api.json("/agents?limit=1", 200), "next");
    api.refused("/agents?limit=1&order=desc&cursor=" + next, 400, "invalid_cursor");
    api.refused("/search?minSettled=1&cursor=" + next, 400, "invalid_cursor");
  }

  @Test
  void comparesAgentsInTheOrderThatIsAsked() throws Exception {
    JsonNode answer = api.json("/compare?ids=3,1," + text(agents.get(1), "agentId"), 200);
    assertThat(answer.path("agents").valueStream().toList())
        .containsExactly(agents.get(2), agents.get(0), agents.get(1));
    assertThat(answer.at("/at/blockNumber").longValue()).isEqualTo(sandbox.head().number());
    for (String wrong :
        List.of("", "?ids=1", "?ids=1,1", "?ids=1,", "?ids=1,2,3,4,5,6,7,8,9,10,11", "?ids=1,x")) {
      api.refused("/compare" + wrong, 400, "invalid_request");
    }
    JsonNode problem = api.refused("/compare?ids=1,999", 404, "agent_unknown");
    assertThat(text(problem, "detail")).contains(":999");
  }

  @Test
  void drawsABadgeThatCachesMayKeep() throws Exception {
    for (JsonNode agent : agents) {
      String path = "/agents/" + text(agent, "agentId") + "/badge.svg";
      HttpResponse<byte[]> badge = api.get(path);
      assertThat(badge.statusCode()).isEqualTo(200);
      long closed = agent.at("/standing/closed").longValue();
      assertThat(new String(badge.body(), StandardCharsets.UTF_8))
          .contains(closed == 0 ? "nothing settled" : closed + " leg");
      assertThat(header(badge, "Content-Type")).startsWith("image/svg+xml");
      assertThat(header(badge, "Cache-Control")).isEqualTo("public, max-age=60");
      assertThat(header(badge, "Earnest-At")).contains(sandbox.head().hash().hex());
      HttpResponse<byte[]> again = api.get(path, "If-None-Match", header(badge, "ETag"));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
    api.refused("/agents/999/badge.svg", 404, "agent_unknown");
    api.refused("/agents/x/badge.svg", 400, "invalid_request");
    api.refused("/agents/1/badge.svg?style=flat", 400, "invalid_request");
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private void sorted(
      String sort, String scope, List<JsonNode> listed, ToLongFunction<JsonNode> measure)
      throws Exception {
    for (String order : List.of("asc", "desc")) {
      String path = "/agents?sort=" + sort + "&order=" + order + scope + "&limit=";
      List<JsonNode> page = api.pages(path + "2", "agents");
      Comparator<JsonNode> by = Comparator.comparingLong(measure).thenComparingLong(StandingIT::id);
      assertThat(page).isSortedAccordingTo(order.equals("asc") ? by : by.reversed());
      assertThat(page.stream().map(it -> text(it, "agentId")))
          .as(sort)
          .containsExactlyInAnyOrderElementsOf(
              listed.stream().map(it -> text(it, "agentId")).toList());
      assertThat(api.pages(path + "100", "agents")).isEqualTo(page);
    }
  }

  private List<JsonNode> settled(String count) throws Exception {
    return inToken().stream()
        .filter(agent -> agent.path("standing").path(count).longValue() > 0)
        .toList();
  }

  private List<JsonNode> inToken() throws Exception {
    Map<Long, JsonNode> byId =
        agents.stream().collect(Collectors.toMap(StandingIT::id, Function.identity()));
    List<JsonNode> all = new ArrayList<>();
    for (Long id : byId.keySet().stream().sorted().toList()) {
      all.add(api.json("/agents/" + id + "?token=" + sandbox.token, 200).path("agent"));
    }
    return all;
  }

  private List<JsonNode> deals(JsonNode agent, String role) throws Exception {
    return api.pages(
        "/agents/%s/deals?role=%s&epoch=%s"
            .formatted(text(agent, "agentId"), role, agent.path("epoch")),
        "deals");
  }

  private List<String> found(String path) throws Exception {
    String separator = path.contains("?") ? "&" : "?";
    return api.pages(path + separator + "limit=2", "agents").stream()
        .map(agent -> text(agent, "agentId"))
        .toList();
  }

  private static BigDecimal average(List<JsonNode> entries) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode entry : entries) {
      sum =
          sum.add(
              new BigDecimal(
                  new BigInteger(text(entry, "value")), entry.path("valueDecimals").intValue()));
    }
    return sum.divide(BigDecimal.valueOf(entries.size()), SCALE, RoundingMode.DOWN);
  }

  private static long id(JsonNode agent) {
    String id = text(agent, "agentId");
    return Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
  }

  private static long rating(JsonNode agent) {
    return new BigDecimal(agent.at("/standing/averageRating").stringValue())
        .movePointRight(2)
        .longValueExact();
  }

  private static String volume(JsonNode agent) {
    return agent.at("/standing/volume").stringValue();
  }

  private static String text(JsonNode body, String member) {
    return body.path(member).stringValue();
  }
}
