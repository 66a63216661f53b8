package org.earnest.payments.till;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.HookedFacilitator;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A seller is told what a withdrawal took of its earnings, whoever of its own saw that first. */
class ChannelLossIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final long MONEY = 10 * PRICE;
  private static final long LEFT = PRICE / 2;
  private static final BigInteger NEVER = BigInteger.TWO.pow(127);

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private ChannelLedger ledger;
  private HookedFacilitator facilitator;
  private ChannelTill till;
  private ChannelTerms terms;

  @BeforeAll
  static void install() {
    Channels.install(world);
  }

  @BeforeEach
  void sell() {
    world.database.call(handle -> handle.execute("truncate payments.channel cascade"));
    ledger = new PostgresChannelLedger(world.database);
    facilitator = new HookedFacilitator(world.facilitator(FacilitatorPolicy.ofAssets(world.usdc)));
    till = new ChannelTill(facilitator, ledger, AUTHORIZER, InstantSource.system());
    terms = Channels.terms(world, PRICE, AUTHORIZER.address());
    deposit(MONEY, PRICE);
    said.start();
    log().addAppender(said);
  }

  @AfterEach
  void close() {
    log().detachAppender(said);
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(ChannelWatch.class);
  }

  private void deposit(long money, long max) {
    ChannelPayload payload = Channels.deposit(terms, buyer.signer(), money, max);
    SettleResponse made = till.settle(Channels.request(terms, payload));
    assertThat(made.success()).as(made.toString()).isTrue();
  }

  private void withdraw(long money) {
    Channels.withdraw(world, terms, buyer.address(), money);
  }

  /** More than was ever in the channel, so that the till has the chain asked. */
  private void showTheTillAVoucher() {
    ChannelPayload shown = Channels.pay(terms, buyer.signer(), MONEY + PRICE);
    VerifyResponse verdict = till.verify(Channels.request(terms, shown));
    assertThat(verdict.isValid()).isFalse();
  }

  private Hash32 id() {
    return Channels.voucher(terms, buyer.signer(), 1).channelId();
  }

  private ChannelWatch watch() {
    return new ChannelWatch(facilitator, ledger, AUTHORIZER, NEVER, InstantSource.system());
  }

  private List<String> said() {
    return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private String lost(long amount) {
    return "channel %s holds %d less than it owes".formatted(id(), amount);
  }

  @Test
  void whatWasWithdrawnBeforeItWasLookedAtIsTold() {
    withdraw(MONEY);

    try (ChannelWatch watch = watch()) {
      watch.round();
    }

    assertThat(said()).containsOnlyOnce(lost(PRICE));
  }

  @Test
  void whatTheTillSawGoneIsToldOnce() {
    withdraw(MONEY - LEFT);
    showTheTillAVoucher();
    assertThat(ledger.find(id()).orElseThrow().lost()).isEqualTo(PRICE - LEFT);

    try (ChannelWatch watch = watch()) {
      watch.round();
      watch.round();
    }

    assertThat(said()).containsOnlyOnce(lost(PRICE - LEFT));
  }

  @Test
  void whatTheTillSawGoneIsToldAsTheSellerCloses() {
    withdraw(MONEY - LEFT);
    showTheTillAVoucher();
    facilitator.verifying =
        payload -> Optional.of(VerifyResponse.invalid("away", "", Optional.empty()));

    try (ChannelWatch watch = watch()) {
      watch.claimAll();
    }

    assertThat(said()).containsOnlyOnce(lost(PRICE - LEFT));
  }

  @Test
  void whatIsLostAfterTheChannelWasFilledUpIsToldAnew() {
    try (ChannelWatch watch = watch()) {
      withdraw(MONEY);
      watch.round();
      deposit(MONEY + 1, 2 * PRICE);
      watch.round();
      withdraw(MONEY + 1 - PRICE);
      showTheTillAVoucher();
      watch.round();
    }

    assertThat(said()).filteredOn(lost(PRICE)::equals).hasSize(2);
  }

  /** Claimed by a seller whose books were lost, and then taken back by a reorganisation. */
  @Test
  void aChannelWithoutAVoucherHoldsUpNoOther() {
    ChannelAccount known = ledger.find(id()).orElseThrow();
    world.database.call(handle -> handle.execute("truncate payments.channel cascade"));
    Instant now = Instant.now();
    seen(known, PRICE, now.minusSeconds(90));
    seen(known, 0, now);

    try (ChannelWatch watch = watch()) {
      watch.round();
    }

    assertThat(ledger.find(id()).orElseThrow().earned()).isEqualTo(PRICE);
    assertThat(ledger.withEarnings()).isEmpty();
  }

  private void seen(ChannelAccount known, long claimed, Instant at) {
    ledger.seen(
        id(),
        known.channel(),
        known.offer(),
        new ChannelState(
            BigInteger.valueOf(MONEY), BigInteger.valueOf(claimed), 0, BigInteger.ZERO),
        at);
  }
}
