package org.earnest.payments.till;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.call.ChannelHubReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.channel.ClaimedChannels;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.HookedFacilitator;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Claims of many channels at once, of which one was emptied meanwhile, at either hub. */
class ChannelBatchIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final ChannelHubCalls HUB = new ChannelHubCalls(ChannelContracts.HUB);
  private static final long MONEY = 10 * PRICE;
  private static final int CHANNELS = 5;
  private static final BigInteger NEVER = BigInteger.TWO.pow(127);
  private static final Duration HASTE = Duration.ofMillis(100);
  private static final String EMPTIED = "ClaimExceedsBalance()";

  /** In wei, above what anybody pays here. */
  private static final String DEAR = "0x174876e800";

  private static final String GAS = "0x30d40";

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private ChannelLedger ledger;
  private HookedFacilitator facilitator;
  private ChannelTill till;
  private ChannelTerms terms;
  private List<Buyer> buyers;

  @BeforeEach
  void open() {
    Channels.install(world);
    world.database.call(handle -> handle.execute("truncate payments.channel cascade"));
    ledger = new PostgresChannelLedger(world.database);
    facilitator = new HookedFacilitator(world.facilitator(FacilitatorPolicy.ofAssets(world.usdc)));
    till = new ChannelTill(facilitator, ledger, AUTHORIZER, InstantSource.system());
    terms = Channels.terms(world, PRICE, AUTHORIZER.address());
    buyers = Stream.generate(() -> Buyer.funded(world)).limit(CHANNELS).toList();
    buyers.forEach(this::deposit);
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

  private void deposit(Buyer by) {
    SettleResponse made =
        till.settle(Channels.request(terms, Channels.deposit(terms, by.signer(), MONEY, PRICE)));
    assertThat(made.success()).as(made.toString()).isTrue();
  }

  private Hash32 id(Buyer of) {
    return Channels.voucher(terms, of.signer(), 1).channelId();
  }

  private BigInteger booked(Buyer of) {
    return new ChannelHubReads(world.chain, ChannelContracts.HUB)
        .state(id(of), BlockTag.Named.LATEST)
        .held()
        .totalClaimed();
  }

  private Buyer bad() {
    return buyers.get(2);
  }

  private List<Buyer> others() {
    return buyers.stream().filter(one -> one != bad()).toList();
  }

  private void ask(Buyer by, long money) {
    Channels.askBack(world, terms, by.address(), money);
  }

  private ChainCall take(Buyer by) {
    return HUB.finalizeWithdraw(Channels.channel(terms, by.address()));
  }

  private void withdraw(Buyer by, long money) {
    Channels.withdraw(world, terms, by.address(), money);
  }

  private VoucherClaim[] claims(List<Buyer> of) {
    return of.stream()
        .map(one -> Channels.claim(terms, one.signer(), PRICE, PRICE))
        .toArray(VoucherClaim[]::new);
  }

  private SettleResponse claimAvailable(List<Buyer> of) {
    return settle(Channels.claimAvailable(terms, AUTHORIZER, claims(of)));
  }

  private SettleResponse settle(ChannelPayload payload) {
    return facilitator.settle(Channels.request(terms, payload));
  }

  private static ClaimedChannels told(SettleResponse response) {
    assertThat(response.success()).as(response.toString()).isTrue();
    return ClaimedChannels.read(response.rest().path("extra")).orElseThrow();
  }

  private static void refused(SettleResponse response, ChannelReason reason) {
    assertThat(response.errorReason()).as(response.toString()).contains(reason.code());
  }

  @Test
  void ofFiveChannelsFourAreClaimedAtOnceAndOneKeepsItsReason() {
    withdraw(bad(), MONEY);
    long before = world.transactions();

    SettleResponse claimed = claimAvailable(buyers);

    ClaimedChannels told = told(claimed);
    assertThat(told.skipped()).isEqualTo(Map.of(id(bad()), EMPTIED));
    assertThat(told.booked().keySet())
        .containsExactlyInAnyOrderElementsOf(others().stream().map(this::id).toList());
    assertThat(told.booked().values()).containsOnly(BigInteger.valueOf(PRICE));
    assertThat(others()).allSatisfy(one -> assertThat(booked(one)).isEqualTo(PRICE));
    assertThat(booked(bad())).isZero();
    assertThat(claimAvailable(buyers).toJson()).isEqualTo(claimed.toJson());
    assertThat(world.transactions()).isEqualTo(before + 1);
  }

  @Test
  void ofAChannelThatHoldsTooLittleThatIsClaimed() {
    withdraw(bad(), MONEY - PRICE / 2);

    ClaimedChannels told = told(claimAvailable(buyers));

    assertThat(told.skipped()).isEmpty();
    assertThat(told.booked()).containsEntry(id(bad()), BigInteger.valueOf(PRICE / 2));
    assertThat(booked(bad())).isEqualTo(PRICE / 2);
  }

  @Test
  void theRestOfAClaimIsBookedOnceItsChannelIsFilledUp() {
    withdraw(bad(), MONEY - PRICE / 2);
    SettleResponse half = claimAvailable(List.of(bad()));
    assertThat(told(half).booked()).containsEntry(id(bad()), BigInteger.valueOf(PRICE / 2));
    assertThat(claimAvailable(List.of(bad())).toJson()).isEqualTo(half.toJson());

    ChannelPayload more = Channels.deposit(terms, bad().signer(), MONEY + 1, 2 * PRICE);
    assertThat(settle(more).success()).isTrue();
    long before = world.transactions();
    SettleResponse rest = claimAvailable(List.of(bad()));

    assertThat(told(rest).booked()).containsEntry(id(bad()), BigInteger.valueOf(PRICE));
    assertThat(booked(bad())).isEqualTo(PRICE);
    assertThat(claimAvailable(List.of(bad())).toJson()).isEqualTo(rest.toJson());
    assertThat(world.transactions()).isEqualTo(before + 1);
  }

  @Test
  void whoDoesNotAskForPartsGetsAllOrNothing() {
    withdraw(bad(), MONEY);
    long before = world.transactions();

    refused(
        settle(Channels.claim(terms, AUTHORIZER, claims(buyers))),
        ChannelReason.CLAIM_SIMULATION_FAILED);

    assertThat(world.transactions()).isEqualTo(before);
    SettleResponse claimed = settle(Channels.claim(terms, AUTHORIZER, claims(others())));
    assertThat(claimed.success()).as(claimed.toString()).isTrue();
    assertThat(claimed.rest().path("extra").isMissingNode()).isTrue();
  }

  @Test
  void whatBooksNothingIsNotSent() {
    withdraw(bad(), MONEY);
    long before = world.transactions();

    SettleResponse refused = claimAvailable(List.of(bad()));

    refused(refused, ChannelReason.CLAIM_SIMULATION_FAILED);
    assertThat(refused.errorMessage()).contains(EMPTIED);
    assertThat(world.transactions()).isEqualTo(before);
  }

  @Test
  void ofFiveChannelsOneOfWhichIsBookedFourAreClaimedAtOnce() {
    assertThat(claimAvailable(List.of(bad())).success()).isTrue();
    long before = world.transactions();

    ClaimedChannels told = told(claimAvailable(buyers));

    assertThat(told.booked()).hasSize(CHANNELS - 1).doesNotContainKey(id(bad()));
    assertThat(told.skipped()).isEmpty();
    assertThat(buyers).allSatisfy(one -> assertThat(booked(one)).isEqualTo(PRICE));
    assertThat(world.transactions()).isEqualTo(before + 1);
    refused(claimAvailable(List.of(bad(), bad())), ChannelReason.CUMULATIVE_BELOW_CLAIMED);
  }

  @Test
  void whatMostlyBooksNothingIsNotSent() {
    Stream<Buyer> two = buyers.stream().limit(2);
    Stream<Buyer> threeWithoutMoney = Stream.generate(Buyer::penniless).limit(3);
    long before = world.transactions();

    refused(
        claimAvailable(Stream.concat(two, threeWithoutMoney).toList()),
        ChannelReason.CLAIM_SIMULATION_FAILED);

    assertThat(claimAvailable(buyers.subList(0, 2)).success()).isTrue();
    refused(claimAvailable(buyers.subList(0, 3)), ChannelReason.CUMULATIVE_BELOW_CLAIMED);
    assertThat(world.transactions()).isEqualTo(before + 1);
  }

  @Test
  void rowsThatRepeatAFreshClaimBookNothing() {
    Buyer one = buyers.getFirst();
    Buyer other = buyers.getLast();
    long before = world.transactions();

    refused(claimAvailable(List.of(one, one, one)), ChannelReason.CUMULATIVE_BELOW_CLAIMED);
    refused(
        settle(Channels.claim(terms, AUTHORIZER, claims(List.of(one, one, other)))),
        ChannelReason.CUMULATIVE_BELOW_CLAIMED);
    assertThat(world.transactions()).isEqualTo(before);

    assertThat(told(claimAvailable(List.of(one, one, other))).booked())
        .containsOnlyKeys(id(one), id(other));
  }

  @Test
  void aClaimThatAWithdrawalOvertookIsNotClaimed() {
    ask(bad(), MONEY);
    ChannelPayload claim = Channels.claimAvailable(terms, AUTHORIZER, claims(List.of(bad())));
    Facilitator hasty = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc), HASTE);

    world.unmined(
        () -> {
          SettleResponse pending = hasty.settle(Channels.request(terms, claim));
          assertThat(pending.isPending()).as(pending.toString()).isTrue();
          return overtake(bad());
        });

    SettleResponse mined = settle(claim);
    refused(mined, ChannelReason.CLAIM_FAILED);
    assertThat(mined.errorMessage().orElseThrow()).contains(EMPTIED);
    assertThat(mined.transaction()).isNotEmpty();
    assertThat(booked(bad())).isZero();
  }

  /** The dearer transaction comes first in its block. */
  private String overtake(Buyer by) {
    world.ether(by.address(), BigInteger.TEN.pow(18));
    world.rpc.require("anvil_impersonateAccount", by.address().hex());
    Map<String, String> dear =
        Map.of(
            "from",
            by.address().hex(),
            "to",
            ChannelContracts.HUB.hex(),
            "data",
            take(by).data(),
            "gas",
            GAS,
            "maxFeePerGas",
            DEAR,
            "maxPriorityFeePerGas",
            DEAR);
    return world.rpc.require("eth_sendTransaction", dear).stringValue();
  }

  @Test
  void theWatchClaimsTheOthersAtOnceAndTellsWhatIsStillOwed() {
    withdraw(bad(), MONEY);

    assertThat(claimAllByAnOldLook()).isEqualTo(1);

    othersAreClaimed();
    assertThat(said())
        .contains(
            "channel %s was not claimed, it owes %d: %s".formatted(id(bad()), PRICE, EMPTIED));
  }

  @Test
  void theBooksHaveWhatWasClaimedOfAChannelThatHeldTooLittle() {
    withdraw(bad(), MONEY - PRICE / 2);

    assertThat(claimAllByAnOldLook()).isEqualTo(1);

    assertThat(ledger.find(id(bad())).orElseThrow().state().totalClaimed()).isEqualTo(PRICE / 2);
    assertThat(said())
        .contains(
            "channel %s held too little: %d of %d is claimed"
                .formatted(id(bad()), PRICE / 2, PRICE));
  }

  @Test
  void atTheReferencesHubWhatCannotBeClaimedAtOnceIsClaimedOneByOne() {
    Channels.asTheReferenceHasIt(world);
    withdraw(bad(), MONEY);
    refused(claimAvailable(buyers), ChannelReason.CLAIM_SIMULATION_FAILED);

    assertThat(claimAllByAnOldLook()).isEqualTo(CHANNELS - 1);

    othersAreClaimed();
    assertThat(said())
        .contains(
            "channel %s not claimed: %s %s"
                .formatted(id(bad()), ChannelReason.CLAIM_SIMULATION_FAILED.code(), EMPTIED));
  }

  @Test
  void atTheReferencesHubGoodChannelsAreClaimedAtOnce() {
    Channels.asTheReferenceHasIt(world);

    assertThat(claimAllByAnOldLook()).isEqualTo(1);

    assertThat(buyers).allSatisfy(one -> assertThat(booked(one)).isEqualTo(PRICE));
    assertThat(ledger.withEarnings()).isEmpty();
  }

  private List<String> said() {
    return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private ChannelWatch watch() {
    return new ChannelWatch(facilitator, ledger, AUTHORIZER, NEVER, InstantSource.system());
  }

  /** As if it had been looked at before the chain changed; says how many transactions it took. */
  private long claimAllByAnOldLook() {
    facilitator.verifying =
        payload -> Optional.of(VerifyResponse.invalid("away", "", Optional.empty()));
    facilitator.settling =
        payload ->
            payload instanceof ChannelPayload.Settle
                ? Optional.of(SettleResponse.failed("away", "", Optional.empty(), "", ""))
                : Optional.empty();
    long before = world.transactions();
    try (ChannelWatch watch = watch()) {
      watch.claimAll();
    }
    return world.transactions() - before;
  }

  private void othersAreClaimed() {
    assertThat(others()).allSatisfy(one -> assertThat(booked(one)).isEqualTo(PRICE));
    assertThat(ledger.withEarnings()).extracting(ChannelAccount::id).containsExactly(id(bad()));
    assertThat(ledger.find(id(bad())).orElseThrow().state().totalClaimed()).isZero();
  }
}
