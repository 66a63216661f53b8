package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.earnest.bindings.call.ReputationRegistryCalls;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Feedback and deals by time and by value, between times and values, page by page. */
class EntryListingIT extends OnSandbox {
  private static final int ROUNDS = 12;
  private static final long GAP_SECONDS = 100;

  /** Values and their decimals; some are the same number, written otherwise. */
  private static final List<String> GIVEN =
      List.of("15/1", "-3/0", "150/2", "9/18", "10/18", "2/0", "15/1", "-30/1", "0/0");

  private BigInteger agent;

  @BeforeAll
  void index() throws Exception {
    agent = play.agents.iterator().next();
    var calls = new ReputationRegistryCalls(sandbox.contracts.reputationRegistry());
    EvmAddress client = new EvmAddress("0x" + "c1".repeat(20));
    for (String given : GIVEN) {
      String[] parts = given.split("/", -1);
      sandbox.send(
          client,
          calls.giveFeedback(
              agent,
              new ReputationRegistryCalls.Feedback(
                  new BigInteger(parts[0]),
                  Integer.parseInt(parts[1]),
                  "tag",
                  "",
                  "",
                  "",
                  Hash32.ZERO)));
      sandbox.warp(GAP_SECONDS);
    }
    serve(ROUNDS);
  }

  @AfterAll
  void stop() {
    stopServing();
  }

  @Test
  void arrangesFeedbackByItsExactValue() throws Exception {
    String path = "/agents/" + agent + "/feedback?";
    List<JsonNode> all = pages(path + "limit=100", "feedback");
    assertThat(all).hasSizeGreaterThanOrEqualTo(GIVEN.size());
    // A stable sort leaves what is equal in the order of the chain.
    List<JsonNode> byValue = sorted(all, Comparator.comparing(EntryListingIT::value));
    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(pages(path + "sort=value&limit=" + limit, "feedback")).isEqualTo(byValue);
      assertThat(pages(path + "sort=value&order=desc&limit=" + limit, "feedback"))
          .isEqualTo(byValue.reversed());
      assertThat(pages(path + "sort=time&order=desc&limit=" + limit, "feedback"))
          .isEqualTo(all.reversed());
      assertThat(pages(path + "order=asc&limit=" + limit, "feedback")).isEqualTo(all);
    }
  }

  @Test
  void findsFeedbackBetweenValues() throws Exception {
    String path = "/agents/" + agent + "/feedback?";
    List<JsonNode> all = pages(path + "limit=100", "feedback");
    for (String bound : List.of("-3", "1.5", "0.00000000000000001", "2.000000000000000001", "0")) {
      BigDecimal number = new BigDecimal(bound);
      List<JsonNode> least = only(all, entry -> value(entry).compareTo(number) >= 0);
      assertThat(pages(path + "limit=2&minValue=" + bound, "feedback")).isEqualTo(least);
      assertThat(pages(path + "limit=2&sort=value&minValue=" + bound, "feedback"))
          .isEqualTo(sorted(least, Comparator.comparing(EntryListingIT::value)));
      assertThat(pages(path + "limit=2&maxValue=" + bound, "feedback"))
          .isEqualTo(only(all, entry -> value(entry).compareTo(number) <= 0));
      assertThat(pages(path + "limit=2&maxValue=" + bound + "&minValue=" + bound, "feedback"))
          .isEqualTo(only(all, entry -> value(entry).compareTo(number) == 0));
    }
  }

  @Test
  void findsEntriesBetweenTimes() throws Exception {
    betweenTimes("/agents/" + agent + "/feedback?", "feedback", entry -> entry);
    betweenTimes("/agents/" + busiest() + "/deals?", "deals", entry -> entry.path("source"));
  }

  private void betweenTimes(String path, String member, Function<JsonNode, JsonNode> log)
      throws Exception {
    List<JsonNode> all = pages(path + "limit=100", member);
    assertThat(all).hasSizeGreaterThan(2);
    List<Long> times = new ArrayList<>();
    for (JsonNode entry : all) {
      times.add(time(log.apply(entry)));
    }
    for (long middle : List.of(times.getFirst(), times.get(times.size() / 2), times.getLast())) {
      for (long bound : List.of(middle, middle + 1)) {
        List<JsonNode> from = new ArrayList<>();
        List<JsonNode> to = new ArrayList<>();
        for (int each = 0; each < all.size(); each++) {
          (times.get(each) >= bound ? from : to).add(all.get(each));
        }
        assertThat(pages(path + "limit=2&from=" + bound, member)).isEqualTo(from);
        assertThat(pages(path + "limit=2&to=" + bound, member)).isEqualTo(to);
        assertThat(pages(path + "limit=2&from=0&to=99999999999", member)).isEqualTo(all);
      }
    }
    assertThat(pages(path + "from=99999999999", member)).isEmpty();
  }

  @Test
  void arrangesDealsByTimeAndByWhatWasPaid() throws Exception {
    String path = "/agents/" + busiest() + "/deals?";
    List<JsonNode> all = pages(path + "limit=100", "deals");
    assertThat(pages(path + "order=asc&limit=1", "deals")).isEqualTo(all.reversed());
    assertThat(pages(path + "order=desc&sort=time&limit=1", "deals")).isEqualTo(all);
    String token = sandbox.token.hex();
    List<JsonNode> inToken = only(all, deal -> text(deal, "token").equals(token));
    List<JsonNode> byGross =
        sorted(
            inToken.reversed(),
            Comparator.comparing(deal -> new BigInteger(deal.at("/source/gross").stringValue())));
    assertThat(byGross).hasSizeGreaterThan(2);
    for (int limit : List.of(1, 2, 100)) {
      String page = path + "sort=value&token=" + token + "&limit=" + limit;
      assertThat(pages(page + "&order=asc", "deals")).isEqualTo(byGross);
      assertThat(pages(page, "deals")).isEqualTo(byGross.reversed());
    }
  }

  @Test
  void bindsACursorToItsListing() throws Exception {
    for (String listing : List.of("feedback", "deals")) {
      String path = "/agents/" + busiest() + "/" + listing + "?limit=1";
      String next = text(api.json(path, 200), "next");
      for (String other : List.of("&from=1", "&to=99999999999", "&order=" + reverse(listing))) {
        api.refused(path + other + "&cursor=" + next, 400, "invalid_cursor");
      }
    }
    String path = "/agents/" + agent + "/feedback?limit=1";
    String next = text(api.json(path, 200), "next");
    for (String other : List.of("&sort=value", "&minValue=-9", "&maxValue=9")) {
      api.refused(path + other + "&cursor=" + next, 400, "invalid_cursor");
    }
  }

  @Test
  void refusesWhatMakesNoSense() throws Exception {
    for (String parameters :
        List.of(
            "sort=score",
            "order=up",
            "from=yesterday",
            "from=-1",
            "to=999999999999",
            "to=1.5",
            "from=5&to=5",
            "from=6&to=5")) {
      api.refused("/agents/1/feedback?" + parameters, 400, "invalid_request");
      api.refused("/agents/1/deals?" + parameters, 400, "invalid_request");
    }
    for (String parameters :
        List.of(
            "minValue=much",
            "minValue=1e5",
            "maxValue=NaN",
            "maxValue=" + "9".repeat(40),
            "minValue=0." + "0".repeat(18) + "1",
            "minValue=2&maxValue=1")) {
      api.refused("/agents/1/feedback?" + parameters, 400, "invalid_request");
    }
    api.refused("/agents/1/deals?sort=value", 400, "invalid_request");
    api.refused("/agents/1/deals?minValue=1", 400, "invalid_request");
  }

  private static String reverse(String listing) {
    return listing.equals("deals") ? "asc" : "desc";
  }

  /** With the most deals. */
  private String busiest() throws Exception {
    String busiest = "";
    int most = -1;
    for (JsonNode each : pages("/agents?limit=100", "agents")) {
      String id = text(each, "agentId");
      int deals = pages("/agents/" + id + "/deals?limit=100", "deals").size();
      int entries = pages("/agents/" + id + "/feedback?limit=100", "feedback").size();
      if (entries > 1 && deals > most) {
        busiest = id;
        most = deals;
      }
    }
    return busiest;
  }

  private long time(JsonNode log) {
    return sandbox.chain.blockByHash(new Hash32(text(log, "blockHash"))).orElseThrow().timestamp();
  }

  private static BigDecimal value(JsonNode entry) {
    return new BigDecimal(
        new BigInteger(text(entry, "value")), entry.path("valueDecimals").intValue());
  }

  private static List<JsonNode> sorted(List<JsonNode> entries, Comparator<JsonNode> order) {
    return entries.stream().sorted(order).toList();
  }

  private static List<JsonNode> only(List<JsonNode> entries, Predicate<JsonNode> wanted) {
    return entries.stream().filter(wanted).toList();
  }

  private List<JsonNode> pages(String path, String member) throws Exception {
    return api.pages(path, member);
  }

  private static String text(JsonNode body, String member) {
    return body.path(member).stringValue();
  }
}
