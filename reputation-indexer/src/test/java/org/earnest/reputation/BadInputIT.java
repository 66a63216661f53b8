package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.call.ReputationRegistryCalls;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.earnest.reputation.edge.GraphqlService;
import org.earnest.reputation.edge.GraphqlTurns;
import org.earnest.reputation.fold.FeedbackSummary;
import org.earnest.reputation.graph.TimeLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a registry of strangers may log at the worst, from the log to each answer that tells it. */
class BadInputIT extends OnSandbox {
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "c1".repeat(20));
  private static final BigInteger MAX = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);
  private static final BigInteger MIN = BigInteger.TWO.pow(127).negate();
  private static final BigInteger LARGE = BigInteger.TEN.pow(38);
  private static final String TAG = "AAAA";

  /** No UTF-8, with a zero in it. */
  private static final String BAD_TAG = "ff00fe41";

  /** LOG4 of the four words that the data begins with and of all that follows. */
  private static final String EMITTER =
      "0x"
          + "60803603"
          + "8060806000"
          + "37"
          + "606035"
          + "604035"
          + "602035"
          + "600035"
          + "84"
          + "6000"
          + "a4"
          + "00";

  private static final List<FeedbackSummary.Entry> GIVEN =
      List.of(
          new FeedbackSummary.Entry(LARGE, 0),
          new FeedbackSummary.Entry(MAX, 0),
          new FeedbackSummary.Entry(MIN, 18),
          new FeedbackSummary.Entry(LARGE.negate(), 18),
          new FeedbackSummary.Entry(MAX, 18),
          new FeedbackSummary.Entry(LARGE, 0));

  private BigInteger agent;
  private BigInteger lowest;
  private Host graphHost;
  private Api graph;

  @BeforeAll
  void index() throws Exception {
    agent = sandbox.register(sandbox.buyer.address(), "");
    lowest = sandbox.register(sandbox.buyer.address(), "");
    EvmAddress registry = sandbox.contracts.reputationRegistry();
    List<ChainLog> honest = List.of(first(agent), first(lowest));
    sandbox.rpc.require("anvil_setCode", registry.hex(), EMITTER);
    for (int given = 1; given < GIVEN.size(); given++) {
      emit(honest.getFirst(), given + 1, GIVEN.get(given));
    }
    emit(honest.getLast(), 2, new FeedbackSummary.Entry(MIN, 0));
    serve(0);
    graphHost =
        Host.builder()
            .mount(
                new GraphqlService(
                    sandbox.database,
                    sandbox.chain,
                    sandbox.contracts,
                    indexer::progress,
                    new GraphqlTurns(),
                    TimeLimits.USUAL))
            .start();
    graph = new Api(graphHost);
  }

  @AfterAll
  void stop() {
    graphHost.close();
    stopServing();
  }

  /** By the registry itself. */
  private ChainLog first(BigInteger of) {
    return sandbox
        .send(
            CLIENT,
            new ReputationRegistryCalls(sandbox.contracts.reputationRegistry())
                .giveFeedback(
                    of,
                    new ReputationRegistryCalls.Feedback(LARGE, 0, TAG, TAG, "", "", Hash32.ZERO)))
        .logs()
        .getFirst();
  }

  /** The same with another number, value and tags. */
  private void emit(ChainLog like, int index, FeedbackSummary.Entry entry) {
    StringBuilder data = new StringBuilder("0x");
    like.topics().forEach(topic -> data.append(topic.hex().substring(2)));
    data.append(word(BigInteger.valueOf(index)));
    data.append(word(entry.value()));
    data.append(word(BigInteger.valueOf(entry.decimals())));
    String tag = HexFormat.of().formatHex(TAG.getBytes(StandardCharsets.US_ASCII));
    data.append(like.data().substring(2 + 3 * 64).replace(tag, BAD_TAG));
    sandbox.send(CLIENT, new ChainCall(sandbox.contracts.reputationRegistry(), data.toString()));
  }

  private static String word(BigInteger value) {
    return "%064x".formatted(value.mod(BigInteger.TWO.pow(256)));
  }

  @Test
  void listsEveryValueExactlyAndEachTagAsText() throws Exception {
    List<JsonNode> entries = api.pages("/agents/" + agent + "/feedback?limit=2", "feedback");
    assertThat(entries.stream().map(BadInputIT::entry)).isEqualTo(GIVEN);
    String tag = entries.getLast().path("tag1").stringValue();
    assertThat(tag).startsWith("\ufffd\ufffd").endsWith("A").doesNotContain("\u0000");
    assertThat(entries.getLast().path("tag2").stringValue()).isEqualTo(tag);
    List<BigDecimal> sorted =
        api.pages("/agents/" + agent + "/feedback?limit=2&sort=value", "feedback").stream()
            .map(BadInputIT::entry)
            .map(each -> new BigDecimal(each.value(), each.decimals()))
            .toList();
    assertThat(sorted).hasSize(GIVEN.size()).isSorted();
    assertThat(
            api.pages("/agents/" + agent + "/feedback?limit=2&minValue=" + MAX, "feedback").stream()
                .map(BadInputIT::entry))
        .containsExactly(new FeedbackSummary.Entry(MAX, 0));
    assertThat(queries().quarantined()).isZero();
  }

  @Test
  void averagesAsTheContractWould() throws Exception {
    for (String parameters : List.of("", "?atBlock=" + sandbox.head().number())) {
      JsonNode feedback =
          api.json("/agents/" + agent + "/reputation" + parameters, 200).path("feedback");
      FeedbackSummary exact = FeedbackSummary.of(GIVEN);
      assertThat(feedback.path("count").longValue()).isEqualTo(exact.count());
      assertThat(feedback.path("value").stringValue()).isEqualTo(exact.value().toString());
      assertThat(feedback.path("valueDecimals").intValue()).isEqualTo(exact.decimals());
    }
  }

  @Test
  void findsByTheExactAverage() throws Exception {
    BigInteger total = BigInteger.ZERO;
    for (FeedbackSummary.Entry entry : GIVEN) {
      total = total.add(FeedbackSummary.scaled(entry.value(), entry.decimals()));
    }
    BigDecimal average = new BigDecimal(total.divide(BigInteger.valueOf(GIVEN.size())), 18);
    BigDecimal above = average.add(new BigDecimal(BigInteger.ONE, 18));
    assertThat(found("minAverage=" + average.toPlainString())).containsExactly(agent);
    assertThat(found("minAverage=" + above.toPlainString())).isEmpty();
    assertThat(found("minAverage=-" + MAX)).containsExactly(agent, lowest);
    assertThat(found("minAverage=-" + MAX + "&sort=feedback")).containsExactly(agent, lowest);
    JsonNode standing = api.json("/agents/" + agent, 200).at("/agent/standing");
    assertThat(new BigDecimal(standing.path("feedbackAverage").stringValue()))
        .isEqualByComparingTo(average);
  }

  private List<BigInteger> found(String parameters) throws Exception {
    List<BigInteger> found = new ArrayList<>();
    for (JsonNode each : api.pages("/search?limit=1&" + parameters, "agents")) {
      String id = each.path("agentId").stringValue();
      found.add(new BigInteger(id.substring(id.lastIndexOf(':') + 1)));
    }
    return found;
  }

  @Test
  void graphqlTellsTheSame() throws Exception {
    String query =
        "{ feedbacks(first: 100, orderBy: value, where: {agent: \"31337:%s\"}) { value tag1 tag2 } }"
            .formatted(agent);
    JsonNode answer =
        StrictJson.readTree(
            graph
                .post("/graphql", StrictJson.mapper().writeValueAsString(Map.of("query", query)))
                .body());
    assertThat(answer.has("errors")).as(answer::toString).isFalse();
    List<BigDecimal> values =
        answer
            .at("/data/feedbacks")
            .valueStream()
            .map(each -> new BigDecimal(each.path("value").asString()))
            .toList();
    assertThat(values).isSorted().hasSize(GIVEN.size());
    for (FeedbackSummary.Entry entry : GIVEN) {
      assertThat(values)
          .anySatisfy(
              value ->
                  assertThat(value)
                      .isEqualByComparingTo(new BigDecimal(entry.value(), entry.decimals())));
    }
  }

  private static FeedbackSummary.Entry entry(JsonNode entry) {
    return new FeedbackSummary.Entry(
        new BigInteger(entry.path("value").stringValue()), entry.path("valueDecimals").intValue());
  }
}
