package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pages, filters and older blocks, while the chain goes on and back. */
class ListingIT extends OnSandbox {
  private static final int ROUNDS = 4;

  @BeforeEach
  void index() throws Exception {
    serve(ROUNDS);
  }

  @AfterEach
  void stop() {
    stopServing();
  }

  @Test
  void goesOnWithAListingWhileTheChainGrows() throws Exception {
    JsonNode first = api.json("/agents?limit=2", 200);
    sandbox.register(sandbox.buyer.address(), "https://late.example");
    sandbox.followed(indexer);
    JsonNode second = api.json("/agents?limit=100&cursor=" + text(first, "next"), 200);
    assertThat(second.at("/at/blockNumber").longValue())
        .isGreaterThan(first.at("/at/blockNumber").longValue());
    assertThat(second.path("agents").valueStream().toList().getLast().path("uri").stringValue())
        .isEqualTo("https://late.example");
  }

  @Test
  void refusesACursorOfABlockThatWasTakenBack() throws Exception {
    String agents = "/agents?limit=2";
    String deals = "/agents/" + busiest() + "/deals?limit=1";
    sandbox.register(sandbox.buyer.address(), "https://gone.example");
    sandbox.followed(indexer);
    String ofAgents = text(api.json(agents, 200), "next");
    String ofDeals = text(api.json(deals, 200), "next");
    sandbox.reorganise(1);
    sandbox.mine();
    sandbox.followed(indexer);
    JsonNode problem = api.refused(agents + "&cursor=" + ofAgents, 409, "cursor_reorganised");
    assertThat(text(problem, "detail")).contains("begin the listing anew");
    api.refused(deals + "&cursor=" + ofDeals, 409, "cursor_reorganised");
    String again = text(api.json(agents, 200), "next");
    api.json(agents + "&cursor=" + again, 200);
  }

  @Test
  void answersAsOfAnOlderBlockWhatItAnsweredThen() throws Exception {
    BigInteger agent = busiest();
    String path = "/agents/" + agent + "/reputation";
    JsonNode then = api.json(path, 200);
    long block = then.at("/at/blockNumber").longValue();
    play.round();
    play.round();
    sandbox.followed(indexer);
    assertThat(api.json(path + "?atBlock=" + block, 200)).isEqualTo(then);
    long head = sandbox.head().number();
    assertThat(api.json(path + "?atBlock=" + head, 200)).isEqualTo(api.json(path, 200));
    api.refused(path + "?atBlock=0", 404, "agent_unknown");
    api.refused(path + "?atBlock=" + (head + 1_000), 503, "not_indexed_yet");
  }

  @Test
  void leavesTheSourcesOutAndKeepsTheNumbers() throws Exception {
    String path = "/agents/" + busiest() + "/reputation";
    JsonNode brief = api.json(path + "?explain=false", 200);
    assertThat(brief.toString()).doesNotContain("\"sources\"");
    JsonNode whole = api.json(path + "?explain=true", 200);
    assertThat(whole.at("/settled/0/sources")).isNotEmpty();
    assertThat(brief.path("totals")).isEqualTo(whole.path("totals"));
    assertThat(brief.at("/feedback/value")).isEqualTo(whole.at("/feedback/value"));
  }

  @Test
  void narrowsReputationToATag() throws Exception {
    String path = "/agents/" + busiest() + "/reputation";
    JsonNode whole = api.json(path, 200);
    String tag = text(whole.at("/settled/0"), "tag");
    JsonNode narrow = api.json(path + "?tag=" + tag, 200);
    assertThat(narrow.path("settled").valueStream().toList())
        .isNotEmpty()
        .isEqualTo(
            whole
                .path("settled")
                .valueStream()
                .filter(settled -> text(settled, "tag").equals(tag))
                .toList());
    assertThat(narrow.at("/feedback/count").longValue()).isZero();
    assertThat(api.json(path + "?tag=" + quality(), 200).path("settled")).isEmpty();
  }

  @Test
  void filtersFeedbackAndShowsWhatWasAnswered() throws Exception {
    int answered = 0;
    for (BigInteger agent : play.agents) {
      String path = "/agents/" + agent + "/feedback?limit=2";
      List<JsonNode> all = api.pages(path, "feedback");
      assertThat(api.pages(path + "&tag=" + quality(), "feedback")).isEqualTo(all);
      assertThat(api.pages(path + "&tag=other", "feedback")).isEmpty();
      for (String revoked : List.of("true", "false")) {
        assertThat(api.pages(path + "&revoked=" + revoked, "feedback"))
            .isEqualTo(
                all.stream()
                    .filter(entry -> entry.path("revoked").toString().equals(revoked))
                    .toList());
      }
      for (JsonNode entry : all) {
        String client = text(entry, "client");
        assertThat(api.pages(path + "&client=" + client, "feedback")).containsExactly(entry);
        assertThat(entry.path("responses")).hasSize(entry.path("responseCount").intValue());
        for (JsonNode response : entry.path("responses")) {
          assertThat(text(response, "uri")).isEqualTo("ipfs://r");
          assertThat(text(response, "responder")).isEqualTo(sandbox.buyer.address().hex());
          answered++;
        }
      }
    }
    assertThat(answered).isPositive();
  }

  @Test
  void refusesParametersThatItDoesNotKnow() throws Exception {
    api.refused("/agents?page=2", 400, "invalid_request");
    api.refused("/agents?limit=2&limit=3", 400, "invalid_request");
    api.refused("/agents/1?verbose=true", 400, "invalid_request");
    api.refused("/agents/1/feedback?client=me", 400, "invalid_request");
    api.refused("/agents/1/feedback?revoked=maybe", 400, "invalid_request");
    api.refused("/agents/1/feedback?tag=a%00b", 400, "invalid_request");
    api.refused("/agents/1/feedback?tag=" + "x".repeat(2_000), 400, "invalid_request");
    for (String block : List.of("-1", "latest", "0x10", "1".repeat(30), "")) {
      api.refused("/agents/1/reputation?atBlock=" + block, 400, "invalid_request");
    }
    api.refused("/agents/1/reputation?explain=1", 400, "invalid_request");
  }

  /** An agent with several records. */
  private BigInteger busiest() throws Exception {
    for (BigInteger agent : play.agents) {
      if (api.pages("/agents/" + agent + "/deals?limit=100", "deals").size() > 1) {
        return agent;
      }
    }
    throw new AssertionError("nobody settled twice");
  }

  /** As it is stored: PostgreSQL has no U+0000. */
  private static String quality() {
    return URLEncoder.encode("quality\ufffd", StandardCharsets.UTF_8);
  }

  private static String text(JsonNode body, String member) {
    return body.path(member).stringValue();
  }
}
