package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.server.Offer;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.till.ChannelTill;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A buyer who pays out of a channel. */
class ChannelBuyerIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final int CALLS = 8;

  private static ChannelTill till;

  private final AtomicInteger runs = new AtomicInteger();
  private URI shop;

  @BeforeAll
  static void install() {
    Channels.install(world);
    till =
        new ChannelTill(
            world.remoteFacilitator(),
            new PostgresChannelLedger(world.database),
            AUTHORIZER,
            InstantSource.system());
  }

  @BeforeEach
  void open() throws Exception {
    Offer quote =
        new Offer(
            "a quote",
            "application/json",
            List.of(Channels.terms(world, PRICE, AUTHORIZER.address()).toWire()));
    Paywall wall = Paywall.open(world.database, till);
    shop =
        world
            .host(
                new Shop(
                    wall.charge(
                        quote,
                        context -> {
                          runs.incrementAndGet();
                          PaidShop.quote(context);
                        })))
            .resolve("/quote");
  }

  private SpendingPolicy policy() {
    return SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE))
        .at(shop)
        .throughChannels()
        .repeatingAfter(Duration.ZERO)
        .atOnce(CALLS);
  }

  private PayingHttpClient client(SpendingPolicy policy, PaymentJournal journal) {
    return PayingHttpClient.wrap(
        HttpClient.newHttpClient(), buyer.signer(), policy, InstantSource.system(), journal);
  }

  private Exchange<String> call(PayingHttpClient client, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(shop)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"call\":\"" + body + "\"}"))
            .build(),
        BodyHandlers.ofString());
  }

  private static void paid(Exchange<String> exchange) {
    assertThat(exchange)
        .as(exchange.response().headers() + exchange.response().body())
        .isInstanceOf(Exchange.Paid.class);
  }

  @Test
  void eightCallsAtOnceAreAllServedByOneDeposit() throws Exception {
    PaymentJournal journal = PaymentJournal.inMemory();
    PayingHttpClient client = client(policy(), journal);

    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Exchange<String>>> calls =
          IntStream.range(0, CALLS)
              .<Callable<Exchange<String>>>mapToObj(n -> () -> call(client, "call " + n))
              .toList();
      for (Future<Exchange<String>> exchange : together.invokeAll(calls)) {
        paid(exchange.get());
      }
    }

    assertThat(runs).hasValue(CALLS);
    assertThat(spent()).as("ten calls are deposited").isEqualTo(10 * PRICE);
    assertThat(journal.purses().getFirst().cursor()).isEqualTo(BigInteger.valueOf(CALLS * PRICE));
  }

  @Test
  void whatIsInTheChannelIsRememberedByTheJournal(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("payments.journal");
    try (PaymentJournal journal = PaymentJournal.open(file)) {
      paid(call(client(policy(), journal), "one"));
    }
    try (PaymentJournal journal = PaymentJournal.open(file)) {
      paid(call(client(policy(), journal), "two"));
      assertThat(journal.purses().getFirst().cursor()).isEqualTo(BigInteger.valueOf(2 * PRICE));
    }

    assertThat(spent()).isEqualTo(10 * PRICE);
  }

  @Test
  void aBuyerWithoutMemoryLearnsFromTheSellersProof() throws Exception {
    paid(call(client(policy(), PaymentJournal.inMemory()), "one"));
    paid(call(client(policy(), PaymentJournal.inMemory()), "two"));

    PaymentJournal journal = PaymentJournal.inMemory();
    paid(call(client(policy(), journal), "three"));

    assertThat(runs).hasValue(3);
    assertThat(journal.purses().getFirst().cursor()).isEqualTo(BigInteger.valueOf(3 * PRICE));
    assertThat(spent()).as("nothing is deposited again").isEqualTo(10 * PRICE);
  }

  @Test
  void moreIsDepositedWhenTheChannelIsEmpty() throws Exception {
    PaymentJournal journal = PaymentJournal.inMemory();
    PayingHttpClient client = client(policy(), journal);
    for (int n = 0; n < 12; n++) {
      paid(call(client, "call " + n));
    }

    assertThat(runs).hasValue(12);
    assertThat(spent()).isEqualTo(20 * PRICE);
  }

  @Test
  void nothingIsDepositedUnlessThePolicyAllowsChannels() throws Exception {
    SpendingPolicy plain = SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE)).at(shop);

    Exchange<String> exchange = call(client(plain, PaymentJournal.inMemory()), "one");

    assertThat(exchange).isInstanceOf(Exchange.Declined.class);
    assertThat(((Exchange.Declined<String>) exchange).code()).isEqualTo("channels_not_allowed");
    assertThat(spent()).isZero();
  }

  @Test
  void noMoreLiesInChannelsThanADaysMost() throws Exception {
    SpendingPolicy tight = policy().perDay(TokenAmount.of(world.usdc, 4 * PRICE));
    PaymentJournal journal = PaymentJournal.inMemory();

    declined(call(client(tight, journal), "one"), "day_cap_reached");

    assertThat(spent()).isZero();
    assertThat(journal.purses()).allMatch(Purse::isEmpty);
    paid(call(client(policy(), journal), "one"));
  }

  @Test
  void aCorrectedVoucherCountsAsAnother() throws Exception {
    paid(call(client(policy(), PaymentJournal.inMemory()), "one"));
    paid(call(client(policy(), PaymentJournal.inMemory()), "two"));
    SpendingPolicy once = policy().perHost(TokenAmount.of(world.usdc, PRICE));

    declined(call(client(once, PaymentJournal.inMemory()), "three"), "host_cap_reached");

    assertThat(runs).hasValue(2);
  }

  private static void declined(Exchange<String> exchange, String code) {
    assertThat(exchange).isInstanceOf(Exchange.Declined.class);
    assertThat(((Exchange.Declined<String>) exchange).code()).isEqualTo(code);
  }
}
