package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.earnest.cli.command.HeldTraffic.Step;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.junit.jupiter.api.Test;

/** {@code x402 serve} killed with SIGKILL at each step of a sale, then started again. */
class ShopKilledIT extends X402OnChain {
  private static final int SIGKILLED = 128 + 9;

  /** The shop waits longest for a settlement. */
  private static final List<Step> MOST_PATIENT_FIRST = List.of(Step.values()).reversed();

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whateverStepItDiedAtACallIsServedAndPaidOnce() throws Exception {
    long purse = money(BUYER);
    long till = money(SELLER);
    try (HeldTraffic traffic = new HeldTraffic(facilitator.uri())) {
      ShopProcess first = start(traffic, 0);
      URI shop = URI.create(first.uri());
      PayingHttpClient buyer =
          PayingHttpClient.wrap(
              http, BUYER, SpendingPolicy.upTo(TokenAmount.of(token.asset(), PRICE)).at(shop));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Map<Step, Future<Exchange<String>>> asked = new EnumMap<>(Step.class);
        for (Step step : MOST_PATIENT_FIRST) {
          asked.put(step, threads.submit(() -> buy(buyer, shop, step)));
          Awaitility.await().atMost(PATIENCE).until(() -> traffic.held().contains(step));
        }
        assertThat(first.process().destroyForcibly().waitFor()).isEqualTo(SIGKILLED);
        asked.forEach(
            (step, answer) ->
                assertThatThrownBy(answer::get)
                    .as(step.name())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class));
      } finally {
        first.close();
        traffic.letGo();
      }
      assertThat(purse - money(BUYER)).as("settled before it died").isEqualTo(PRICE);

      endLeases();
      try (ShopProcess second = start(traffic, shop.getPort())) {
        assertThat(second.uri()).isEqualTo(shop.toString());
        for (Step step : Step.values()) {
          Exchange<String> bought = buy(buyer, shop, step);
          assertThat(bought).as(step + " " + bought).isInstanceOf(Exchange.Paid.class);
          assertThat(bought.response().body()).isEqualTo("answer " + step);
        }
      }
      // Only what the shop had no answer to yet is asked for again.
      assertThat(traffic.served())
          .containsExactlyInAnyOrder(
              Step.VERIFYING, Step.SERVING, Step.SERVING, Step.SETTLING, Step.SETTLED);
      long sold = (long) PRICE * Step.values().length;
      assertThat(purse - money(BUYER)).isEqualTo(sold);
      assertThat(money(SELLER) - till).isEqualTo(sold);
    }
  }

  private static Exchange<String> buy(PayingHttpClient buyer, URI shop, Step step)
      throws Exception {
    return buyer.send(
        HttpRequest.newBuilder(shop.resolve("/" + step)).build(), BodyHandlers.ofString());
  }

  /** As if the minute had passed after which a shop that died is not waited for. */
  private static void endLeases() throws Exception {
    DatabaseSettings settings = DatabaseSettings.parse(database);
    try (Connection connection =
            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update payments.claim set leased_until = '-infinity'");
    }
  }

  private static ShopProcess start(HeldTraffic traffic, int port) throws IOException {
    return ShopProcess.start(
        "--forward",
        traffic.uri().toString(),
        "--facilitator",
        traffic.uri() + "/facilitator",
        "--port",
        Integer.toString(port),
        "--state",
        folder.resolve("killed").toString());
  }
}
