package org.earnest.payments.till;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.server.Offer;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop whose quotes are paid out of channels, with a facilitator over HTTP. */
class ChannelShopIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final long MONEY = 10 * PRICE;
  private static final int CALLS = 8;

  private static ChannelLedger ledger;
  private static ChannelTill till;
  private static ChannelWatch watch;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger runs = new AtomicInteger();
  private ChannelTerms terms;
  private URI shop;

  @BeforeAll
  static void install() {
    Channels.install(world);
    ledger = new PostgresChannelLedger(world.database);
    till = new ChannelTill(world.remoteFacilitator(), ledger, AUTHORIZER, InstantSource.system());
    watch =
        new ChannelWatch(
            world.remoteFacilitator(),
            ledger,
            AUTHORIZER,
            BigInteger.valueOf(World.PURSE),
            Duration.ofMinutes(9),
            InstantSource.system());
  }

  @AfterAll
  static void stopWatching() {
    watch.close();
  }

  @BeforeEach
  void open() throws Exception {
    terms = Channels.terms(world, PRICE, AUTHORIZER.address());
    Offer quote = new Offer("a quote", "application/json", List.of(terms.toWire()));
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

  private HttpResponse<String> ask(String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(shop);
    return http.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> pay(ChannelPayload payload) throws Exception {
    PaymentRequired required = PaidShop.required(ask());
    PaymentPayload payment =
        PaymentPayload.of(required, required.accepts().getFirst(), payload.toJson());
    return ask(PaymentHeaders.PAYMENT_SIGNATURE, PaymentHeaders.encode(payment));
  }

  private void deposit() throws Exception {
    HttpResponse<String> first = pay(Channels.deposit(terms, buyer.signer(), MONEY, PRICE));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    SettleResponse settlement = PaidShop.settlement(first);
    assertThat(settlement.transaction()).hasSize(66);
    assertThat(settlement.rest().at("/extra/channelState/chargedCumulativeAmount").stringValue())
        .isEqualTo("1000");
    assertThat(spent()).isEqualTo(MONEY);
  }

  private ChannelHubReads.Channel onChain() {
    return new ChannelHubReads(world.chain, ChannelContracts.HUB)
        .state(id(), BlockTag.Named.LATEST);
  }

  private Hash32 id() {
    return Channels.voucher(terms, buyer.signer(), 1).channelId();
  }

  @Test
  void manyVouchersAtOnceAreAllServed() throws Exception {
    deposit();

    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          IntStream.rangeClosed(2, CALLS + 1)
              .<Callable<Integer>>mapToObj(
                  n -> () -> pay(Channels.pay(terms, buyer.signer(), n * PRICE)).statusCode())
              .toList();
      for (Future<Integer> status : together.invokeAll(calls)) {
        assertThat(status.get()).isEqualTo(200);
      }
    }

    assertThat(runs).hasValue(CALLS + 1);
    assertThat(ledger.find(id()).orElseThrow().earned())
        .isEqualTo(BigInteger.valueOf((CALLS + 1) * PRICE));
  }

  @Test
  void aVoucherBuysOnceAndIsAnsweredAgain() throws Exception {
    deposit();
    ChannelPayload voucher = Channels.pay(terms, buyer.signer(), 2 * PRICE);

    HttpResponse<String> first = pay(voucher);
    HttpResponse<String> again = pay(voucher);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(PaidShop.settlement(again)).isEqualTo(PaidShop.settlement(first));
    assertThat(runs).hasValue(2);
  }

  @Test
  void nothingIsSoldTwiceForOnePartOfAChannel() throws Exception {
    deposit();

    HttpResponse<String> overlapping = pay(Channels.pay(terms, buyer.signer(), PRICE + PRICE / 2));

    assertThat(overlapping.statusCode()).isEqualTo(402);
    PaymentRequired required = PaidShop.required(overlapping);
    assertThat(required.error())
        .contains("invalid_batch_settlement_evm_cumulative_amount_mismatch");
    assertThat(
            required
                .accepts()
                .getFirst()
                .extra()
                .at("/channelState/chargedCumulativeAmount")
                .stringValue())
        .isEqualTo("1000");
    assertThat(required.accepts().getFirst().extra().at("/voucherState/signature").stringValue())
        .isEqualTo(Channels.voucher(terms, buyer.signer(), PRICE).signature());
    assertThat(runs).hasValue(1);
  }

  @Test
  void whatIsWrongIsRefusedByItsName() throws Exception {
    deposit();
    LocalSigner stranger = LocalSigner.random();
    ChannelPayload.Voucher forged = Channels.voucher(terms, stranger, 2 * PRICE);

    assertThat(
            error(
                pay(
                    new ChannelPayload.Pay(
                        Channels.channel(terms, buyer.address()),
                        new ChannelPayload.Voucher(
                            id(), forged.maxClaimableAmount(), forged.signature())))))
        .isEqualTo("invalid_batch_settlement_evm_voucher_signature");
    assertThat(error(pay(new ChannelPayload.Pay(Channels.channel(terms, buyer.address()), forged))))
        .isEqualTo("invalid_batch_settlement_evm_channel_id_mismatch");
    assertThat(error(pay(Channels.pay(terms, buyer.signer(), MONEY + PRICE))))
        .isEqualTo("invalid_batch_settlement_evm_cumulative_exceeds_balance");
    assertThat(error(pay(Channels.pay(terms, stranger, PRICE))))
        .isEqualTo("invalid_batch_settlement_evm_channel_not_found");
    assertThat(error(pay(Channels.deposit(terms, stranger, MONEY, PRICE))))
        .isEqualTo("invalid_batch_settlement_evm_insufficient_balance");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aChannelWhosePayerMayChangeItsMindIsRefused() throws Exception {
    ChannelConfig plain = Channels.channel(terms, buyer.address());
    ChannelConfig nobodys =
        new ChannelConfig(
            plain.payer(),
            EvmAddress.ZERO,
            plain.receiver(),
            plain.receiverAuthorizer(),
            plain.token(),
            plain.withdrawDelay(),
            plain.salt());

    HttpResponse<String> refused =
        pay(Channels.deposit(terms, nobodys, buyer.signer(), MONEY, PRICE));

    assertThat(error(refused)).isEqualTo("invalid_batch_settlement_evm_voucher_signature");
    assertThat(refused.body()).contains("payerAuthorizer");
    assertThat(spent()).isZero();
  }

  private static String error(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(402);
    return PaidShop.required(response).error().orElseThrow();
  }

  @Test
  void theSellerHasItsMoneyBeforeAWithdrawalTakesIt() throws Exception {
    deposit();
    assertThat(pay(Channels.pay(terms, buyer.signer(), 2 * PRICE)).statusCode()).isEqualTo(200);
    long before = world.balance(World.SELLER);

    watch.round();
    assertThat(onChain().held().totalClaimed()).as("nobody has asked").isZero();
    Channels.send(
        world,
        buyer.address(),
        new ChannelHubCalls(ChannelContracts.HUB)
            .initiateWithdraw(Channels.channel(terms, buyer.address()), BigInteger.valueOf(MONEY)));
    watch.round();

    assertThat(onChain().held().totalClaimed()).isEqualTo(BigInteger.valueOf(2 * PRICE));
    assertThat(world.balance(World.SELLER) - before).isEqualTo(2 * PRICE);
    assertThat(ledger.find(id()).orElseThrow().unclaimed()).isZero();
  }

  @Test
  void theRestGoesBackWhenTheBuyerAsks() throws Exception {
    deposit();

    HttpResponse<String> refunded =
        pay(
            new ChannelPayload.Refund(
                Channels.channel(terms, buyer.address()),
                Channels.voucher(terms, buyer.signer(), PRICE),
                Optional.empty()));

    assertThat(refunded.statusCode()).as(refunded.body()).isEqualTo(200);
    assertThat(PaidShop.settlement(refunded).success()).isTrue();
    assertThat(spent()).isEqualTo(PRICE);
    assertThat(onChain().held())
        .isEqualTo(new ChannelHubReads.Held(BigInteger.valueOf(PRICE), BigInteger.valueOf(PRICE)));
    assertThat(runs).as("a refund runs no handler").hasValue(1);
  }
}
