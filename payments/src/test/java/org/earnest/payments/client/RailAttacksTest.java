package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.payments.testing.Payments.SELLER;
import static org.earnest.payments.testing.Payments.USDC;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.ResourceInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What servers do to buyers, where it is paid by what it came to, into escrow or out of a channel:
 * the guard holds on each rail what it holds on the first, and what the rail adds.
 */
class RailAttacksTest {
  private static final long PRICE = 1_000;
  private static final long CAP = 5 * PRICE;
  private static final EvmAddress THIEF = new EvmAddress("0x" + "66".repeat(20));
  private static final EvmAddress OPERATOR = new EvmAddress("0x" + "0a".repeat(20));

  /** How it is paid. */
  enum Rail {
    UPTO,
    ESCROW,
    CHANNEL;

    PaymentRequirements offer(long price, EvmAddress payee, Duration timeout) {
      TokenAmount amount = TokenAmount.of(USDC, price);
      return switch (this) {
        case UPTO -> new Permit2Requirements(amount, payee, timeout, Optional.of(SELLER)).toWire();
        case ESCROW -> escrow(amount, payee, timeout, OPERATOR, Duration.ofDays(2));
        case CHANNEL -> ChannelTerms.of(amount, payee, timeout, SELLER, "USDC", "2").toWire();
      };
    }
  }

  private static PaymentRequirements escrow(
      TokenAmount amount, EvmAddress payee, Duration timeout, EvmAddress operator, Duration held) {
    Instant until = Instant.now().plus(held).truncatedTo(ChronoUnit.DAYS);
    return new CaptureTerms(
            amount, payee, timeout, operator, until, until.plus(Duration.ofDays(1)), "USDC", "2")
        .toWire();
  }

  private HostileShop shop;
  private PayingHttpClient buyer;

  @BeforeEach
  void open() throws Exception {
    shop = new HostileShop();
    buyer = buyer(policy());
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest
  @EnumSource
  void recipientRedirect(Rail rail) throws Exception {
    selling(call -> rail.offer(PRICE, call == 0 ? SELLER : THIEF, Duration.ofMinutes(1)));
    buyer = buyer(policy().repeatingAfter(Duration.ZERO));

    assertThat(send()).isInstanceOf(Exchange.Paid.class);
    declined("payee_changed");
    assertThat(shop.payments()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void priceBaitAndUnitConfusion(Rail rail) throws Exception {
    selling(call -> rail.offer(call == 0 ? CAP + 1 : CAP, SELLER, Duration.ofMinutes(1)));
    buyer = buyer(policy().advertised(shop.uri("/quote"), TokenAmount.of(USDC, PRICE)));

    declined("price_above_cap");
    declined("price_not_as_advertised");
    assertThat(shop.payments()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"UPTO", "ESCROW"})
  void authorizationLifetime(Rail rail) throws Exception {
    selling(call -> rail.offer(PRICE, SELLER, Duration.ofDays(365)));

    assertThat(send()).isInstanceOf(Exchange.Paid.class);
    BigInteger latest =
        BigInteger.valueOf(Instant.now().plus(SpendingPolicy.MAX_LIFETIME).getEpochSecond() + 1);
    String member =
        rail == Rail.UPTO ? "/permit2Authorization/deadline" : "/authorization/validBefore";
    assertThat(new BigInteger(shown().payload().at(member).asString())).isLessThanOrEqualTo(latest);
  }

  @ParameterizedTest
  @EnumSource
  void retryStorm(Rail rail) throws Exception {
    shop.on(
        "/quote",
        (exchange, payment) ->
            HostileShop.ask(exchange, required(rail.offer(PRICE, SELLER, Duration.ofMinutes(1)))));

    for (int attempt = 0; attempt < 10; attempt++) {
      assertThat(send()).isInstanceOf(Exchange.NotTaken.class);
    }
    assertThat(shop.payments()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void budgetSplit(Rail rail) throws Exception {
    selling(call -> rail.offer(PRICE, SELLER, Duration.ofMinutes(1)));
    buyer = buyer(policy().repeatingAfter(Duration.ZERO).perDay(TokenAmount.of(USDC, 10 * PRICE)));

    for (int call = 0; call < 10; call++) {
      assertThat(send()).as("call " + call).isInstanceOf(Exchange.Paid.class);
    }
    assertThat(send()).isInstanceOf(Exchange.Declined.class);
    assertThat(shop.payments()).hasSize(10);
  }

  @Test
  void anotherOperatorAndALongerWaitAreNotPaid() throws Exception {
    TokenAmount price = TokenAmount.of(USDC, PRICE);
    selling(
        call ->
            call == 0
                ? escrow(price, SELLER, Duration.ofMinutes(1), THIEF, Duration.ofDays(2))
                : escrow(price, SELLER, Duration.ofMinutes(1), OPERATOR, Duration.ofDays(400)));

    declined("operator_not_allowed");
    declined("escrowed_too_long");
    assertThat(shop.payments()).isEmpty();
  }

  @Test
  void aDepositThatWouldLockUpMoreThanADayIsNotMade() throws Exception {
    TokenAmount price = TokenAmount.of(USDC, PRICE);
    BigInteger much = BigInteger.valueOf(1_000_000 * PRICE);
    selling(
        call ->
            new ChannelTerms(
                    price,
                    SELLER,
                    Duration.ofMinutes(1),
                    SELLER,
                    ChannelTerms.MAX_WITHDRAW_DELAY,
                    much,
                    "USDC",
                    "2")
                .toWire());

    declined("day_cap_reached");
    assertThat(shop.payments()).isEmpty();
  }

  @Test
  void withoutLeaveNeitherEscrowNorChannelIsPaid() throws Exception {
    selling(call -> Rail.values()[1 + call].offer(PRICE, SELLER, Duration.ofMinutes(1)));
    buyer = buyer(SpendingPolicy.upTo(TokenAmount.of(USDC, CAP)).at(shop.uri("/")));

    declined("operator_not_allowed");
    declined("channels_not_allowed");
    assertThat(shop.payments()).isEmpty();
  }

  @Test
  void anotherRailIsNoWayAroundWhatWasPaidBefore() throws Exception {
    selling(
        call ->
            call == 0
                ? new ExactRequirements(
                        TokenAmount.of(USDC, PRICE), SELLER, Duration.ofMinutes(1), "USDC", "2")
                    .toWire()
                : Rail.UPTO.offer(2 * PRICE, SELLER, Duration.ofMinutes(1)));
    buyer = buyer(policy().repeatingAfter(Duration.ZERO));

    assertThat(send()).isInstanceOf(Exchange.Paid.class);
    declined("price_not_as_advertised");
  }

  private SpendingPolicy policy() {
    return SpendingPolicy.upTo(TokenAmount.of(USDC, CAP))
        .at(shop.uri("/"))
        .intoEscrowOf(OPERATOR)
        .throughChannels();
  }

  private static PayingHttpClient buyer(SpendingPolicy policy) {
    return PayingHttpClient.wrap(
        HttpClient.newHttpClient(),
        LocalSigner.random(),
        policy,
        InstantSource.system(),
        PaymentJournal.inMemory());
  }

  /** Delivers for any payment; what it asks may change from call to call. */
  private void selling(IntFunction<PaymentRequirements> offers) {
    AtomicInteger calls = new AtomicInteger();
    shop.on(
        "/quote",
        (exchange, payment) -> {
          if (payment.isPresent()) {
            HostileShop.deliver(exchange, "sold");
          } else {
            HostileShop.ask(exchange, required(offers.apply(calls.getAndIncrement())));
          }
        });
  }

  private PaymentRequired required(PaymentRequirements offer) {
    URI quote = shop.uri("/quote");
    return PaymentRequired.of(
        "Payment required",
        ResourceInfo.of(quote.toString(), "a quote", "text/plain"),
        List.of(offer));
  }

  private PaymentPayload shown() {
    return PaymentHeaders.decode(shop.payments().iterator().next(), PaymentPayload::parse);
  }

  private Exchange<String> send() throws Exception {
    return buyer.send(HttpRequest.newBuilder(shop.uri("/quote")).build(), BodyHandlers.ofString());
  }

  private void declined(String code) throws Exception {
    assertThat(send())
        .isInstanceOfSatisfying(
            Exchange.Declined.class, why -> assertThat(why.code()).isEqualTo(code));
  }
}
