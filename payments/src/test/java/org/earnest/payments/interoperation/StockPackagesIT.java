package org.earnest.payments.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.process.ChildProcess;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A stock client in our shop, our client in a stock shop, and our facilitator behind either. */
class StockPackagesIT extends OnChain {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Duration START = Duration.ofMinutes(2);

  private static StockPackages stock;
  private static int keys;

  private String key;
  private LocalSigner account;
  private PaidShop shop;

  @BeforeAll
  static void install() throws Exception {
    stock = StockPackages.install();
  }

  @BeforeEach
  void open() throws Exception {
    Hash32 secret = Payments.seed("stock buyer " + keys++);
    key = "0x" + HexFormat.of().formatHex(secret.bytes());
    account = LocalSigner.of(secret.bytes());
    world.mint(account.address());
    shop = PaidShop.open(world, offer);
  }

  @Test
  void theStockClientBuysOnceAndIsAnsweredAgain() throws Exception {
    JsonNode told = stock.run("buy.mjs", key, shop.uri("/quote"), world.usdc.token());

    JsonNode first = told.path("first");
    assertThat(told.path("payments").intValue()).isEqualTo(1);
    assertThat(first.path("status").intValue()).as(told.toString()).isEqualTo(200);
    assertThat(first.path("body").stringValue()).isEqualTo(PaidShop.QUOTE);
    assertThat(first.path("settlement").path("success").booleanValue()).isTrue();
    assertThat(first.path("settlement").path("payer").stringValue())
        .isEqualTo(account.address().hex());
    assertThat(told.path("again")).isEqualTo(first);
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
  }

  @Test
  void theStockFacilitatorClientIsServed() throws Exception {
    JsonNode told =
        stock.run(
            "facilitate.mjs", key, world.facilitatorUri(), shop.uri("/quote"), world.usdc.token());

    assertThat(told.path("supported").path("kinds").get(0).path("network").stringValue())
        .isEqualTo("eip155:31337");
    assertThat(told.path("bad").path("isValid").booleanValue()).isFalse();
    assertThat(told.path("bad").path("invalidReason").stringValue())
        .isEqualTo("invalid_exact_evm_payload_authorization_value_mismatch");
    assertThat(told.path("good").path("isValid").booleanValue()).isTrue();
    assertThat(told.path("settled").path("success").booleanValue()).isTrue();
    assertThat(told.path("again")).isEqualTo(told.path("settled"));
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
  }

  @Test
  void ourClientBuysFromTheStockServer() throws Exception {
    try (ChildProcess seller =
        stock.start(
            "sell.mjs",
            world.facilitatorUri(),
            world.usdc.token(),
            PRICE,
            World.SELLER,
            world.usdc.chain())) {
      URI quote = URI.create(seller.awaitOutput(ADDRESS, START).group() + "/quote");
      PayingHttpClient client =
          PayingHttpClient.wrap(
              HttpClient.newHttpClient(),
              account,
              SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE)).at(quote));

      Exchange<String> exchange =
          client.send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());

      assertThat(exchange)
          .as(exchange.response().headers() + exchange.response().body())
          .isInstanceOf(Exchange.Paid.class);
      assertThat(exchange.response().body()).isEqualTo("a stock quote");
      assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
    }
  }
}
