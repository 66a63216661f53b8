package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.till.ChannelAccount;
import org.earnest.payments.till.ChannelLedger;
import org.earnest.payments.till.ChannelTill;
import org.earnest.payments.till.ChannelWatch;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;

/** A seller with an account, books and buyers of its own; its account's key signs for it. */
final class ChannelSeller {
  private static final long PRICE = 1_000;

  /** In each buyer's channel. */
  static final long MONEY = 10 * PRICE;

  private static final Duration ROUND = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final InstantSource CLOCK = InstantSource.system();

  private final World world;
  private final LocalSigner key;
  private final ChannelTerms terms;
  private final ChannelLedger books;
  private final List<Buyer> buyers;
  private final List<FacilitatorRequest> deposits;

  private ChannelSeller(World world, LocalSigner key, List<Buyer> buyers) {
    this.world = world;
    this.key = key;
    this.buyers = buyers;
    this.terms = Channels.terms(TokenAmount.of(world.usdc, PRICE), key.address(), key.address());
    this.books = new OneSellersBooks(new PostgresChannelLedger(world.database), key.address());
    this.deposits =
        buyers.stream()
            .map(buyer -> asked(Channels.deposit(terms, buyer.signer(), MONEY, PRICE)))
            .toList();
  }

  static ChannelSeller open(World world, LocalSigner key, int buyers) {
    return new ChannelSeller(
        world, key, Stream.generate(() -> Buyer.funded(world)).limit(buyers).toList());
  }

  private FacilitatorRequest asked(ChannelPayload payload) {
    return Channels.request(terms, payload);
  }

  List<Buyer> buyers() {
    return buyers;
  }

  Hash32 channel(Buyer of) {
    return Channels.voucher(terms, of.signer(), PRICE).channelId();
  }

  ChannelAccount account(Buyer of) {
    return books.find(channel(of)).orElseThrow();
  }

  LocalSigner key() {
    return key;
  }

  /** Sells a call to each buyer for the money that it puts into a new channel. */
  void deposited(Facilitator facilitator) {
    deposits.forEach(deposit -> sold(facilitator, deposit));
  }

  /** Sells the second call to each buyer. */
  void soldAgain(Facilitator facilitator) {
    buyers.forEach(
        buyer -> sold(facilitator, asked(Channels.pay(terms, buyer.signer(), 2 * PRICE))));
  }

  /** Gives each buyer so much back, or all that is left, by what it signed with the first call. */
  void refunded(Facilitator facilitator, Optional<BigInteger> amount) {
    buyers.forEach(
        buyer ->
            sold(
                facilitator,
                asked(
                    new ChannelPayload.Refund(
                        Channels.channel(terms, buyer.address()),
                        Channels.voucher(terms, buyer.signer(), PRICE),
                        amount))));
  }

  private void sold(Facilitator facilitator, FacilitatorRequest request) {
    SettleResponse made = Payments.settle(new ChannelTill(facilitator, books, key, CLOCK), request);
    assertThat(made.success()).as(made.toString()).isTrue();
  }

  /** Looks after its channels by itself. */
  ChannelWatch watch(Facilitator facilitator) {
    return watch(facilitator, books, key);
  }

  static ChannelWatch watch(Facilitator facilitator, ChannelLedger books, LocalSigner key) {
    return new ChannelWatch(facilitator, books, key, BigInteger.ONE, ROUND, CLOCK);
  }

  /** Looks after its channels until it has so much of each buyer. */
  void awaitPaid(Facilitator facilitator, long each) {
    ChannelWatch watch = watch(facilitator);
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  world.balance(key.address()) >= each * buyers.size()
                      && buyers.stream()
                          .allMatch(buyer -> account(buyer).unclaimed().signum() == 0));
    } finally {
      watch.close();
    }
  }
}
