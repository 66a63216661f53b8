package org.earnest.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.report.RunReport;
import org.earnest.core.identity.AgentId;

/** After the demo: the seller delivers well until its rating is good again. */
record MoreDeals(EarnestHost host) {
  /** Until the average over at least so many deals is at least this, which is less than theirs. */
  void untilRated(int average, int deals) {
    RunReport report = DemoHosts.silentReport();
    try (HouseClient client = new HouseClient(host.uri())) {
      Stage stage = new Stage(host, client, report, new Demo(host, report).books());
      Identities who = new ResolveIdentities(stage).run();
      QuotedTerms terms = new QuotedTerms(stage, who, new Agents(agent(1), agent(2)));
      BuyQuote shop = new BuyQuote(stage, who);
      int rated = of(client, "rated");
      int points = of(client, "ratingSum");
      int closed = of(client, "closed");
      while (rated < deals || points < average * rated) {
        new SettleDeal(stage, who).run(terms.of(shop.another()));
        rated++;
        points += SettleDeal.RATING;
        closed++;
      }
      int all = closed;
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> of(client, "closed") == all);
      assertThat(report.failures()).isEmpty();
      assertThat(of(client, "ratingSum")).isEqualTo(points);
    }
  }

  private static int of(HouseClient client, String figure) {
    return client
        .get("/agents/2/reputation")
        .require("the seller's reputation")
        .path("totals")
        .valueStream()
        .filter(one -> one.path("role").asString().equals("payee"))
        .findFirst()
        .orElseThrow()
        .path(figure)
        .asInt();
  }

  private AgentId agent(int number) {
    return AgentId.parse(
        "%s:%s:%d"
            .formatted(host.chain().chainId(), host.contracts().identityRegistry().hex(), number));
  }
}
