package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.ChannelHubReads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogQuery;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.facilitator.StoppedFacilitator.Step;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.till.ChannelAccount;
import org.earnest.payments.till.ChannelWatch;
import org.earnest.payments.wire.ChannelPayload;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A facilitator killed with SIGKILL at each step of what it brings on chain for channels, and a
 * seller at each step of having it claimed. What goes on afterwards, goes on by itself.
 */
class ChannelKilledIT extends OnChain {
  private static final BlockTag NOW = BlockTag.Named.LATEST;
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);
  private static final long PART = 3 * PRICE;
  private static final int WORD = 32;

  @TempDir Path folder;

  /** What the facilitator is killed at, and what becomes of the channels afterwards. */
  private enum Act {
    DEPOSIT(ChannelPayload.Deposit.class, 1, PRICE, 0),
    CLAIM(ChannelPayload.Claim.class, 2, PRICE, 0),
    /** More is sold before it is claimed again. */
    LATER_CLAIM(ChannelPayload.Claim.class, 1, 2 * PRICE, 0),
    PAYOUT(ChannelPayload.Settle.class, 1, PRICE, 0),
    /** Of all that is left. */
    REFUND(ChannelPayload.SignedRefund.class, 1, PRICE, ChannelSeller.MONEY - PRICE),
    /** More is sold before it is asked for again. */
    LATER_REFUND(ChannelPayload.SignedRefund.class, 1, 2 * PRICE, PART);

    private final Class<? extends ChannelPayload> request;
    private final int buyers;

    /** From each buyer. */
    private final long earned;

    /** To each buyer. */
    private final long refunded;

    Act(Class<? extends ChannelPayload> request, int buyers, long earned, long refunded) {
      this.request = request;
      this.buyers = buyers;
      this.earned = earned;
      this.refunded = refunded;
    }

    /** Amount that buyers ask for. */
    private Optional<BigInteger> asked() {
      return this == LATER_REFUND ? Optional.of(BigInteger.valueOf(PART)) : Optional.empty();
    }
  }

  /** By an account of its own, for a seller of its own. */
  private record Case(Act act, LocalSigner relayer, ChannelSeller seller) {}

  @BeforeAll
  static void install() {
    Channels.install(world);
  }

  @Test
  void whateverStepAFacilitatorDiedAtNothingIsPaidTwice() throws Exception {
    Map<String, Callable<Case>> written = new TreeMap<>();
    for (Act act : Act.values()) {
      for (Step step : StoppedFacilitator.OF_THE_ENGINE) {
        String name = act + "." + step;
        written.put(name, () -> written(name, act));
      }
    }
    Map<String, Case> cases = together(written);

    FacilitatorProcess.stopAll(world, folder, cases.keySet());
    Map<String, Callable<Case>> going = new TreeMap<>();
    cases.forEach((name, one) -> going.put(name, () -> goneOn(one)));
    together(going);

    List<ChainLog> events = events();
    cases.forEach(
        (name, one) -> {
          holds(name, one.seller(), one.act().earned, one.act().refunded, events);
          assertThat(sent(one.relayer(), NOW))
              .as("transactions that did something, of " + name)
              .isEqualTo(doing(one.relayer().address(), events));
        });
  }

  @Test
  void whateverStepASellerDiedAtItIsPaidOnce() throws Exception {
    Facilitator facilitator = world.remoteFacilitator();
    Map<String, Callable<ChannelSeller>> opening = new TreeMap<>();
    for (SellerProcess.Step step : SellerProcess.Step.values()) {
      opening.put(step.name(), () -> opened(step, facilitator));
    }
    Map<String, ChannelSeller> sellers = together(opening);

    SellerProcess.stopAll(world, folder);
    Map<String, Callable<ChannelSeller>> going = new TreeMap<>();
    sellers.forEach(
        (name, seller) ->
            going.put(
                name,
                () -> {
                  seller.awaitPaid(facilitator, PRICE);
                  return seller;
                }));
    together(going);

    List<ChainLog> events = events();
    sellers.forEach((name, seller) -> holds(name, seller, PRICE, 0, events));
  }

  private ChannelSeller opened(SellerProcess.Step step, Facilitator facilitator) throws Exception {
    Hash32 key = Payments.seed("seller " + step + folder);
    SellerProcess.write(folder, step, key);
    ChannelSeller seller = ChannelSeller.open(world, LocalSigner.of(key.bytes()), 2);
    seller.deposited(facilitator);
    return seller;
  }

  private Case written(String name, Act act) throws Exception {
    Hash32 key = Payments.seed("relayer " + name + folder);
    LocalSigner relayer = LocalSigner.of(key.bytes());
    world.ether(relayer.address(), ETHER);
    ChannelSeller seller = ChannelSeller.open(world, LocalSigner.random(), act.buyers);
    Facilitator usual = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc));
    LostFacilitator lost = new LostFacilitator(usual, act.request);
    switch (act) {
      case DEPOSIT -> unanswered(() -> seller.deposited(lost));
      case CLAIM, LATER_CLAIM, PAYOUT -> {
        seller.deposited(usual);
        try (ChannelWatch watch = seller.watch(lost)) {
          watch.round();
        }
      }
      case REFUND, LATER_REFUND -> {
        seller.deposited(usual);
        unanswered(() -> seller.refunded(lost, act.asked()));
      }
    }
    FacilitatorProcess.write(folder, name, key, lost.taken());
    return new Case(act, relayer, seller);
  }

  private static void unanswered(Runnable question) {
    assertThatThrownBy(question::run).isInstanceOf(FacilitatorUnavailableException.class);
  }

  private static Case goneOn(Case one) {
    ChannelSeller seller = one.seller();
    EvmFacilitator facilitator = restarted(one.relayer());
    switch (one.act()) {
      case DEPOSIT -> seller.deposited(facilitator);
      case CLAIM, PAYOUT -> {}
      case LATER_CLAIM -> seller.soldAgain(facilitator);
      case REFUND, LATER_REFUND -> {
        seller.awaitPaid(facilitator, PRICE);
        if (one.act() == Act.LATER_REFUND) {
          seller.soldAgain(facilitator);
        }
        seller.refunded(facilitator, one.act().asked());
        seller.refunded(facilitator, one.act().asked());
      }
    }
    seller.awaitPaid(facilitator, one.act().earned);
    return one;
  }

  /** What it sends again is mined before it is asked anything: that would find less to do else. */
  private static EvmFacilitator restarted(LocalSigner relayer) {
    EvmFacilitator facilitator =
        StoppedFacilitator.at(
            Step.NEVER,
            world.node(),
            world.database,
            FacilitatorPolicy.ofAssets(world.usdc),
            relayer,
            () -> {
              throw new AssertionError("it is not to stop");
            });
    Awaitility.await()
        .atMost(World.ANSWER_PATIENCE)
        .until(() -> sent(relayer, NOW).equals(sent(relayer, BlockTag.Named.PENDING)));
    return facilitator;
  }

  private static BigInteger sent(LocalSigner relayer, BlockTag at) {
    return world.chain.transactionCount(relayer.address(), at);
  }

  private static <T> Map<String, T> together(Map<String, Callable<T>> works) throws Exception {
    Map<String, Future<T>> begun = new TreeMap<>();
    Map<String, T> done = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      works.forEach((name, work) -> begun.put(name, threads.submit(work)));
      for (Map.Entry<String, Future<T>> one : begun.entrySet()) {
        done.put(one.getKey(), one.getValue().get());
      }
    }
    return done;
  }

  /** Chain and books agree, and everybody has what vouchers say. */
  private static void holds(
      String name, ChannelSeller seller, long earned, long refunded, List<ChainLog> events) {
    long spent = ChannelSeller.MONEY - refunded;
    EvmAddress account = seller.key().address();
    ChannelHubReads hub = new ChannelHubReads(world.chain, ChannelContracts.HUB);
    for (Buyer buyer : seller.buyers()) {
      Hash32 channel = seller.channel(buyer);
      ChannelHubReads.Held held = hub.state(channel, NOW).held();
      ChannelAccount booked = seller.account(buyer);
      assertThat(world.balance(buyer.address()))
          .as("the buyer's, of " + name)
          .isEqualTo(World.PURSE - spent);
      assertThat(held)
          .as("the channel of " + name)
          .isEqualTo(
              new ChannelHubReads.Held(BigInteger.valueOf(spent), BigInteger.valueOf(earned)));
      assertThat(amounts("Claimed", channel, events))
          .as("claims of " + name)
          .hasSizeLessThanOrEqualTo((int) (earned / PRICE))
          .satisfies(claims -> assertThat(sum(claims)).isEqualTo(earned));
      assertThat(amounts("Refunded", channel, events))
          .as("refunds of " + name)
          .isEqualTo(refunded == 0 ? List.of() : List.of(refunded));
      assertThat(booked.earned()).as("earned by " + name).isEqualTo(earned);
      assertThat(booked.state().totalClaimed()).as("claimed by " + name).isEqualTo(earned);
      assertThat(booked.withheld()).as("withheld by " + name).isZero();
    }
    assertThat(world.balance(account))
        .as("the seller's, of " + name)
        .isEqualTo(earned * seller.buyers().size());
    assertThat(hub.unsettled(account, world.usdc.token(), NOW)).as(name).isZero();
  }

  private static List<ChainLog> events() {
    long head = world.chain.block(NOW).orElseThrow().ref().number();
    return world.chain.logs(new LogQuery(0, head, Set.of(ChannelContracts.HUB), List.of()));
  }

  private static List<Long> amounts(String event, Hash32 channel, List<ChainLog> events) {
    String signature =
        event.equals("Claimed")
            ? "Claimed(bytes32,address,uint128,uint128)"
            : "Refunded(bytes32,address,uint128)";
    Hash32 topic = Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII));
    List<Long> amounts = new ArrayList<>();
    for (ChainLog log : events) {
      if (log.topics().getFirst().equals(topic) && log.topics().get(1).equals(channel)) {
        byte[] data = Hex.decode(log.data());
        amounts.add(new BigInteger(1, data, 0, WORD).longValueExact());
      }
    }
    return amounts;
  }

  private static long sum(List<? extends Long> amounts) {
    return amounts.stream().mapToLong(Long::longValue).sum();
  }

  /** How many transactions of an account the hub has told of; it names the sender last. */
  private static BigInteger doing(EvmAddress sender, List<ChainLog> events) {
    String last = sender.hex().substring(2);
    Set<Hash32> transactions =
        events.stream()
            .filter(log -> log.topics().getLast().hex().endsWith(last))
            .map(log -> log.ref().transaction())
            .collect(Collectors.toSet());
    return BigInteger.valueOf(transactions.size());
  }
}
