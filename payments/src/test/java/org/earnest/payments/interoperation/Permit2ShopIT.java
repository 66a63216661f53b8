package org.earnest.payments.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.server.Offer;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Our buyer and the stock one in a shop that takes payments through Permit2 alone. */
class Permit2ShopIT extends OnChain {
  private static int keys;

  private String key;
  private LocalSigner account;

  @BeforeAll
  static void install(@TempDir Path folder) {
    Doubles.installPermit2(world);
  }

  @BeforeEach
  void approve() {
    Hash32 secret = Payments.seed("permit2 buyer " + keys++);
    key = "0x" + HexFormat.of().formatHex(secret.bytes());
    account = LocalSigner.of(secret.bytes());
    world.mint(account.address());
    Doubles.approve(world, account.address());
  }

  @Test
  void ourClientPaysExactly() throws Exception {
    bought(shop(Optional.empty()));
  }

  @Test
  void ourClientPaysUpTo() throws Exception {
    bought(shop(Optional.of(world.submitter.sender())));
  }

  @Test
  void theStockClientPaysExactly() throws Exception {
    StockPackages stock = StockPackages.install();

    JsonNode told = stock.run("buy.mjs", key, shop(Optional.empty()), world.usdc.token());

    assertThat(told.path("first").path("status").intValue()).as(told.toString()).isEqualTo(200);
    assertThat(told.path("again")).isEqualTo(told.path("first"));
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
  }

  private void bought(URI quote) throws Exception {
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
    assertThat(exchange.response().body()).isEqualTo(PaidShop.QUOTE);
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
  }

  private static URI shop(Optional<EvmAddress> bound) throws Exception {
    Permit2Requirements price =
        new Permit2Requirements(
            TokenAmount.of(world.usdc, PRICE), World.SELLER, Duration.ofMinutes(1), bound);
    Paywall wall = Paywall.open(world.database, world.remoteFacilitator());
    Offer offer = new Offer("a quote", "application/json", List.of(price.toWire()));
    return URI.create(world.host(new Shop(wall.charge(offer, PaidShop::quote))) + "/quote");
  }
}
