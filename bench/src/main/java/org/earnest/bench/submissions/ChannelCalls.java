package org.earnest.bench.submissions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.earnest.bindings.call.CreationCode;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.channel.ChannelContracts;

/** Calls at once on one channel, and what they cost: time, processor time, and gas in the end. */
final class ChannelCalls {
  private static final int WARM_UP_AT_ONCE = 8;

  /** The reference has warmed by then; more of it is waited for long. */
  private static final int PEERS_WARM_UP = 20;

  private final Ground ground;
  private final BenchPlan plan;
  private final TokenAmount price;
  private final Consumer<String> say;

  ChannelCalls(Ground ground, BenchPlan plan, TokenAmount price, Consumer<String> say) {
    this.ground = ground;
    this.plan = plan;
    this.price = price;
    this.say = say;
    ground.chain().ensureCode(ChannelContracts.HUB, CreationCode.channelHub());
    ground
        .chain()
        .ensureCode(
            ChannelContracts.COLLECTOR, CreationCode.depositCollector(ChannelContracts.HUB));
  }

  /** What pays all calls of a side, so that one deposit does. */
  TokenAmount deposit() {
    long calls = 1L + times(plan.warmUp(), WARM_UP_AT_ONCE) * WARM_UP_AT_ONCE;
    for (int atOnce : plan.concurrencies()) {
      calls += plan.rounds() * times(plan.count(), atOnce) * atOnce;
    }
    return new TokenAmount(price.asset(), price.atomicUnits().multiply(BigInteger.valueOf(calls)));
  }

  int mostAtOnce() {
    return Math.max(WARM_UP_AT_ONCE, Collections.max(plan.concurrencies()));
  }

  /** So many at once so often are this many, or one time of them. */
  private static long times(int calls, int atOnce) {
    return Math.ceilDiv(Math.max(1, calls), atOnce);
  }

  /**
   * Ours and then the peer. {@code ok} unless one of our calls was not served once and paid for
   * once; a peer that breaks is said to, and left out.
   *
   * @param peer starts it
   */
  Map<String, Object> run(ChannelSide ours, Optional<Supplier<ChannelSide>> peer) {
    say.accept("calls at once on one channel, CPU of buyer, shop and facilitator in ms each");
    say.accept(ChannelRound.Figures.head());
    List<Map<String, Object>> calls = new ArrayList<>();
    List<Map<String, Object>> claims = new ArrayList<>();
    boolean clean = play(ours, calls, claims);
    peer.ifPresent(
        starting -> {
          try {
            play(starting.get(), calls, claims);
          } catch (IllegalStateException | StartupException broken) {
            say.accept("the reference on a channel: " + broken.getMessage());
          }
        });
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("ok", clean);
    all.put("calls", calls);
    all.put("claims", claims);
    return all;
  }

  /** Whether all calls were served once and paid for once, and all was claimed. */
  private boolean play(
      ChannelSide side, List<Map<String, Object>> calls, List<Map<String, Object>> claims) {
    boolean clean = isWarm(side);
    for (int atOnce : plan.concurrencies()) {
      List<ChannelRound> rounds = new ArrayList<>();
      for (int round = 0; round < plan.rounds(); round++) {
        rounds.add(round(side, atOnce, plan.count()));
      }
      ChannelRound.Figures figures = new ChannelRound.Figures(side.contender(), atOnce, rounds);
      say.accept(figures.row());
      calls.add(figures.toJson());
      clean &= rounds.stream().allMatch(this::isClean);
    }
    Claim claim = claim(side);
    say.accept(claim.row());
    claims.add(claim.toJson());
    return clean && claim.isWhole(price());
  }

  private static boolean isOurs(String contender) {
    return contender.equals(Engine.NAME);
  }

  private boolean isClean(ChannelRound round) {
    return round.isClean(price());
  }

  private long price() {
    return price.atomicUnits().longValueExact();
  }

  /** The first call deposits. */
  private boolean isWarm(ChannelSide side) {
    boolean ours = isOurs(side.contender());
    int calls = ours ? plan.warmUp() : Math.min(PEERS_WARM_UP, plan.warmUp());
    boolean open = side.call(1).served() == 1;
    if (!open) {
      say.accept(side.contender() + " could not open its channel");
    }
    return calls == 0 ? open : isClean(round(side, ours ? WARM_UP_AT_ONCE : 1, calls)) && open;
  }

  private ChannelRound round(ChannelSide side, int atOnce, int calls) {
    long times = times(calls, atOnce);
    long runs = side.handlerRuns();
    long sold = side.sold();
    long transactions = ground.transactions(side.relayer());
    Map<String, Long> refusals = new HashMap<>();
    int served = 0;
    Cpu before = Cpu.now();
    long start = System.nanoTime();
    for (long time = 0; time < times; time++) {
      ChannelSide.Calls told = side.call(atOnce);
      served += told.served();
      told.refusals().forEach((why, many) -> refusals.merge(why, many, Long::sum));
    }
    long nanos = System.nanoTime() - start;
    Cpu used = Cpu.now().since(before);
    return new ChannelRound(
        Math.toIntExact(times * atOnce),
        served,
        refusals,
        side.handlerRuns() - runs,
        side.sold() - sold,
        ground.transactions(side.relayer()) - transactions,
        nanos,
        side.cpu(used),
        used.database());
  }

  /**
   * What was sold and claimed.
   *
   * @param gas of each transaction: the claim, and the payout
   * @param paid atomic units that the payee has in the end
   */
  private record Claim(String contender, long handlerRuns, long sold, long paid, List<Long> gas) {
    /** Every run of the handler was sold, and all that was sold is paid, by one claim. */
    boolean isWhole(long price) {
      return sold == handlerRuns * price && paid == sold && gas.size() == 2;
    }

    String row() {
      return "%s: %d sold in all, %d paid by a claim and a payout, gas of each %s"
          .formatted(contender, sold, paid, gas);
    }

    Map<String, Object> toJson() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("contender", contender);
      figures.put("handlerRuns", handlerRuns);
      figures.put("sold", sold);
      figures.put("paid", paid);
      figures.put("gas", gas);
      return figures;
    }
  }

  private Claim claim(ChannelSide side) {
    long head = ground.head();
    side.cash();
    return new Claim(
        side.contender(),
        side.handlerRuns(),
        side.sold(),
        ground.balance(side.payee()),
        gasSince(head, side.relayer()));
  }

  private List<Long> gasSince(long head, EvmAddress sender) {
    return LongStream.rangeClosed(head + 1, ground.head())
        .mapToObj(number -> "0x" + Long.toHexString(number))
        .flatMap(
            number ->
                ground
                    .rpc()
                    .require("eth_getBlockByNumber", number, false)
                    .path("transactions")
                    .valueStream())
        .flatMap(hash -> ground.reader().receipt(new Hash32(hash.stringValue())).stream())
        .filter(receipt -> receipt.from().equals(sender))
        .map(receipt -> receipt.gasUsed().longValueExact())
        .toList();
  }
}
