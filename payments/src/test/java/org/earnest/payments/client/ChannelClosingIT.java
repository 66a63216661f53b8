package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.payments.channel.ChannelTerms;
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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** How a buyer gets the rest of a channel back, by its seller and without. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChannelClosingIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();

  private static URI shop;

  private final HttpClient http = HttpClient.newHttpClient();
  private final PaymentJournal journal = PaymentJournal.inMemory();

  @BeforeAll
  static void install() throws Exception {
    Channels.install(world);
    ChannelTill till =
        new ChannelTill(
            world.remoteFacilitator(),
            new PostgresChannelLedger(world.database),
            AUTHORIZER,
            InstantSource.system());
    Offer quote =
        new Offer(
            "a quote",
            "application/json",
            List.of(Channels.terms(world, PRICE, AUTHORIZER.address()).toWire()));
    Paywall wall = Paywall.open(world.database, till);
    shop = world.host(new Shop(wall.charge(quote, PaidShop::quote))).resolve("/quote");
  }

  @BeforeEach
  void buy() throws Exception {
    bought(journal);
  }

  private void bought(PaymentJournal memory) throws Exception {
    SpendingPolicy policy =
        SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE))
            .at(shop)
            .throughChannels()
            .repeatingAfter(Duration.ZERO);
    assertThat(
            PayingHttpClient.wrap(http, buyer.signer(), policy, InstantSource.system(), memory)
                .send(HttpRequest.newBuilder(shop).build(), BodyHandlers.ofString()))
        .isInstanceOf(Exchange.Paid.class);
  }

  private Purse purse() {
    return journal.purses().getFirst();
  }

  private ChannelRefunds.Outcome refund(PaymentJournal memory) throws Exception {
    return new ChannelRefunds(http, buyer.signer(), memory).ask(shop);
  }

  @Test
  void theSellerGivesTheRestBackAndSellsAgain() throws Exception {
    assertThat(refund(journal)).isInstanceOf(ChannelRefunds.Outcome.Refunded.class);

    assertThat(spent()).isEqualTo(PRICE);
    assertThat(purse().locked()).isZero();
    bought(journal);
    assertThat(spent()).as("ten calls are deposited again").isEqualTo(11 * PRICE);
  }

  @Test
  void aBuyerWithoutMemoryIsToldWhereItStands() throws Exception {
    assertThat(refund(PaymentJournal.inMemory()))
        .isInstanceOf(ChannelRefunds.Outcome.Refunded.class);

    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void theSameIsGivenBackOnceHoweverOftenItIsAsked() throws Exception {
    ChannelRefunds.Outcome first = refund(journal);

    assertThat(refund(journal)).isEqualTo(first);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void anAddressThatSellsNothingIsToldApart() throws Exception {
    assertThat(new ChannelRefunds(http, buyer.signer(), journal).ask(shop.resolve("/nothing")))
        .isInstanceOfSatisfying(
            ChannelRefunds.Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("no_channel_offer"));
  }

  /** The last one, as it moves the chain's clock. */
  @Order(Integer.MAX_VALUE)
  @Test
  void withoutItsSellerItIsAskedForWaitedForAndFetched() {
    ChannelWithdrawals withdrawals = new ChannelWithdrawals(world.chain);
    ChannelWithdrawals.Standing open = withdrawals.standing(purse());
    assertThat(open)
        .isEqualTo(
            new ChannelWithdrawals.Standing.Open(BigInteger.valueOf(10 * PRICE), BigInteger.ZERO));
    assertThat(withdrawals.next(purse(), open)).isEqualTo(withdrawals.next(purse(), open));

    send(withdrawals.next(purse(), open));
    ChannelWithdrawals.Standing waiting = withdrawals.standing(purse());
    assertThat(waiting).isInstanceOf(ChannelWithdrawals.Standing.Waiting.class);
    assertThat(withdrawals.next(purse(), waiting)).isEmpty();

    world.warp(ChannelTerms.MIN_WITHDRAW_DELAY);
    ChannelWithdrawals.Standing ready = withdrawals.standing(purse());
    assertThat(ready).isInstanceOf(ChannelWithdrawals.Standing.Ready.class);
    send(withdrawals.next(purse(), ready));

    ChannelWithdrawals.Standing empty = withdrawals.standing(purse());
    assertThat(empty)
        .isEqualTo(new ChannelWithdrawals.Standing.Empty(BigInteger.ZERO, BigInteger.ZERO));
    assertThat(withdrawals.next(purse(), empty)).isEmpty();
    journal.holds(purse(), empty.balance());
    assertThat(purse().locked()).isZero();
    assertThat(spent()).as("nobody claimed").isZero();
  }

  private void send(Optional<SubmissionRequest> request) {
    world.sendAs(buyer.address(), new ChainCall(request.orElseThrow().to(), request.get().data()));
  }
}
