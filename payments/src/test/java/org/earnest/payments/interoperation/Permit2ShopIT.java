package org.earnest.payments.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Handler;
import java.math.BigInteger;
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
import org.earnest.payments.edge.Charge;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.server.Offer;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Our buyer and the stock one in a shop that takes payments through Permit2 alone. */
class Permit2ShopIT extends OnChain {
  private static final long CHARGE = PRICE / 4;

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

  @Test
  void whoHasNotApprovedPermit2SignsAPermitAndNeedsNoGas() throws Exception {
    stranger();
    for (Optional<EvmAddress> bound :
        List.of(Optional.<EvmAddress>empty(), Optional.of(world.submitter.sender()))) {
      URI quote = shop(bound);
      assertThat(buy(quote)).isInstanceOf(Exchange.NotTaken.class);

      stranger();
      Exchange<String> bought =
          client(quote)
              .permitting(world.chain)
              .send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());

      assertThat(bought).as(bought.response().body()).isInstanceOf(Exchange.Paid.class);
      assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
      stranger();
    }
    assertThat(world.remoteFacilitator().supported().extensions()).contains("eip2612GasSponsoring");
  }

  /** Each permit has a nonce of its own, though the purchases are made at once. */
  @Test
  void twoPurchasesAtOnceWithPermitsAreBothServed() throws Exception {
    stranger();
    List<URI> quotes = List.of(shop(Optional.empty()), shop(Optional.empty()));
    PayingHttpClient buyer =
        PayingHttpClient.wrap(
                HttpClient.newHttpClient(),
                account,
                SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE))
                    .at(quotes.get(0))
                    .at(quotes.get(1)))
            .permitting(world.chain);

    List<Exchange<String>> bought =
        Together.ask(
            quotes.size(),
            quotes,
            quote -> {
              try {
                return buyer.send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());
              } catch (Exception failed) {
                throw new AssertionError(failed);
              }
            });

    assertThat(bought).allSatisfy(one -> assertThat(one).isInstanceOf(Exchange.Paid.class));
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - 2 * PRICE);
  }

  @Test
  void theStockClientThatHasNotApprovedPermit2SignsAPermit() throws Exception {
    StockPackages stock = StockPackages.install();
    stranger();

    JsonNode told =
        stock.run("buy.mjs", key, uptoShop(costing(CHARGE)), world.usdc.token(), world.proxy.url());

    assertThat(told.path("first").path("status").intValue()).as(told.toString()).isEqualTo(200);
    assertThat(told.path("again")).isEqualTo(told.path("first"));
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - CHARGE);
  }

  /** Somebody who has money, and has approved nobody. */
  private void stranger() {
    Hash32 secret = Payments.seed("permit2 stranger " + keys++);
    key = "0x" + HexFormat.of().formatHex(secret.bytes());
    account = LocalSigner.of(secret.bytes());
    world.mint(account.address());
  }

  @Test
  void whatIsPaidIsWhatTheWorkCost() throws Exception {
    assertThat(settlement(buy(uptoShop(costing(CHARGE)))).amount()).contains("" + CHARGE);
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - CHARGE);
  }

  @Test
  void theStockClientPaysWhatTheWorkCost() throws Exception {
    StockPackages stock = StockPackages.install();

    JsonNode told = stock.run("buy.mjs", key, uptoShop(costing(CHARGE)), world.usdc.token());

    assertThat(told.path("first").path("status").intValue()).as(told.toString()).isEqualTo(200);
    assertThat(told.at("/first/settlement/amount").stringValue()).isEqualTo("" + CHARGE);
    assertThat(told.path("again")).isEqualTo(told.path("first"));
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - CHARGE);
  }

  @Test
  void whatCostsNothingIsServedWithoutATransaction() throws Exception {
    long transactions = world.transactions();

    SettleResponse settled = settlement(buy(uptoShop(costing(0))));

    assertThat(settled.success()).isTrue();
    assertThat(settled.amount()).contains("0");
    assertThat(settled.transaction()).isEmpty();
    assertThat(world.transactions()).isEqualTo(transactions);
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE);
  }

  @Test
  void aPriceBeyondTheCapOrBelowNothingIsNotCharged() throws Exception {
    for (long charge : List.of(PRICE + 1, -1L)) {
      Exchange<String> refused = buy(uptoShop(costing(charge)));

      assertThat(refused.response().statusCode()).isEqualTo(500);
      assertThat(PaidShop.problem(refused.response()).path("code").stringValue())
          .isEqualTo("charge_out_of_range");
    }
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE);
  }

  @Test
  void whatAnExactPaymentPaysIsItsPrice() throws Exception {
    buy(shop(Optional.empty(), costing(CHARGE)));

    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
  }

  @Test
  void aBuyersGuardHoldsTheCapAgainstItsOwn() throws Exception {
    URI quote = uptoShop(costing(CHARGE));
    PayingHttpClient thrifty =
        PayingHttpClient.wrap(
            HttpClient.newHttpClient(),
            account,
            SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE - 1)).at(quote));

    Exchange<String> declined =
        thrifty.send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());

    assertThat(declined)
        .isInstanceOfSatisfying(
            Exchange.Declined.class, why -> assertThat(why.code()).isEqualTo("price_above_cap"));
  }

  private static Handler costing(long atomicUnits) {
    return context -> {
      Charge.set(context.req(), BigInteger.valueOf(atomicUnits));
      PaidShop.quote(context);
    };
  }

  private static URI uptoShop(Handler handler) throws Exception {
    return shop(Optional.of(world.submitter.sender()), handler);
  }

  private static SettleResponse settlement(Exchange<String> bought) {
    return PaidShop.settlement(bought.response());
  }

  private void bought(URI quote) throws Exception {
    Exchange<String> exchange = buy(quote);

    assertThat(exchange)
        .as(exchange.response().headers() + exchange.response().body())
        .isInstanceOf(Exchange.Paid.class);
    assertThat(exchange.response().body()).isEqualTo(PaidShop.QUOTE);
    assertThat(world.balance(account.address())).isEqualTo(World.PURSE - PRICE);
  }

  private Exchange<String> buy(URI quote) throws Exception {
    return client(quote).send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());
  }

  private PayingHttpClient client(URI quote) {
    return PayingHttpClient.wrap(
        HttpClient.newHttpClient(),
        account,
        SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE)).at(quote));
  }

  private static URI shop(Optional<EvmAddress> bound) throws Exception {
    return shop(bound, PaidShop::quote);
  }

  private static URI shop(Optional<EvmAddress> bound, Handler handler) throws Exception {
    Permit2Requirements price =
        new Permit2Requirements(
                TokenAmount.of(world.usdc, PRICE), World.SELLER, Duration.ofMinutes(1), bound)
            .permitting("USD Coin", "2");
    Paywall wall = Paywall.open(world.database, world.remoteFacilitator());
    Offer offer = new Offer("a quote", "application/json", List.of(price.toWire()));
    return URI.create(world.host(new Shop(wall.charge(offer, handler))) + "/quote");
  }
}
