package org.earnest.bench.submissions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.earnest.bench.engine.Percentiles;
import org.earnest.bindings.crypto.LocalSigner;

/**
 * How long good payments wait while five times as many arrive as usual, nine of ten of them bad.
 * They arrive by the clock, whether those before are answered or not.
 */
final class OverloadBench {
  /**
   * What a facilitator gets on a usual day, a second; and on a busier one, nearer to all it can.
   */
  private static final List<Integer> USUAL = List.of(100, 250);

  private static final int FACTOR = 5;
  private static final int ONE_IS_GOOD_OF = 10;
  private static final int MOST_SECONDS = 10;
  private static final int ONE_SECOND_FOR = 10;
  private static final double MILLISECOND = 1e6;
  private static final double MOST = 2;
  private static final long SECOND = 1_000_000_000;

  private static final List<Buyer.Flaw> FLAWS =
      List.of(
          Buyer.Flaw.WRONG_PAYEE,
          Buyer.Flaw.WRONG_SIGNATURE,
          Buyer.Flaw.EXPIRED,
          Buyer.Flaw.HOSTILE_WALLET,
          Buyer.Flaw.UNKNOWN_TOKEN,
          Buyer.Flaw.NO_MONEY);

  private final Buyer buyer;
  private final int seconds;
  private final Consumer<String> say;

  /** A phase takes a tenth of the plan's count in seconds, from 1 to {@value #MOST_SECONDS}. */
  OverloadBench(Buyer buyer, BenchPlan plan, Consumer<String> say) {
    this.buyer = buyer;
    this.seconds = Math.clamp(plan.count() / ONE_SECOND_FOR, 1, MOST_SECONDS);
    this.say = say;
  }

  /** Good ones' waits, and how late this program was to send what was due. */
  private record Phase(Percentiles waits, Percentiles late, int good) {}

  /** The figures at each usual rate. */
  List<Map<String, Object>> run(Facilitated one) {
    return USUAL.stream().map(perSecond -> run(one, perSecond)).toList();
  }

  private Map<String, Object> run(Facilitated one, int perSecond) {
    // A facilitator that refuses for the first time in its life compiles as it does.
    phase(one, perSecond * FACTOR, ONE_IS_GOOD_OF);
    Phase usual = phase(one, perSecond, 1);
    Phase flooded = phase(one, perSecond * FACTOR, ONE_IS_GOOD_OF);
    Phase after = phase(one, perSecond, 1);
    double ratio =
        (double) flooded.waits().p99().toNanos() / Math.max(1, usual.waits().p99().toNanos());
    say.accept(
        "overload of %s: %d/s good, then %d/s of which one in %d is good, then as before"
            .formatted(one.name(), perSecond, perSecond * FACTOR, ONE_IS_GOOD_OF));
    say.accept(
        "  good payments' p99: %.2f ms, %.2f ms (%.2f times), %.2f ms; %d of %d taken"
            .formatted(
                millis(usual),
                millis(flooded),
                ratio,
                millis(after),
                usual.good() + flooded.good() + after.good(),
                usual.waits().count() + flooded.waits().count() + after.waits().count()));
    say.accept(
        "  this program sent %.2f ms late at p50 and %.2f ms at p99 meanwhile"
            .formatted(millis(flooded.late().p50()), millis(flooded.late().p99())));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("contender", one.name());
    figures.put("usualPerSecond", perSecond);
    figures.put("usualP99Millis", millis(usual));
    figures.put("overloadP99Millis", millis(flooded));
    figures.put("afterP99Millis", millis(after));
    figures.put("ratio", ratio);
    figures.put("met", ratio <= MOST);
    return figures;
  }

  private static double millis(Phase phase) {
    return millis(phase.waits().p99());
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / MILLISECOND;
  }

  private Phase phase(Facilitated one, int perSecond, int oneIsGoodOf) {
    int count = perSecond * seconds;
    List<byte[]> payments = new ArrayList<>();
    int bad = 0;
    for (int number = 0; number < count; number++) {
      Buyer.Flaw flaw =
          number % oneIsGoodOf == 0 ? Buyer.Flaw.NONE : FLAWS.get(bad++ % FLAWS.size());
      payments.add(buyer.payment(LocalSigner.random().address(), flaw));
    }
    Collection<Duration> waits = new ConcurrentLinkedQueue<>();
    Collection<Duration> late = new ConcurrentLinkedQueue<>();
    AtomicInteger good = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int number = 0; number < count; number++) {
        long due = start + number * SECOND / perSecond;
        byte[] payment = payments.get(number);
        boolean counts = number % oneIsGoodOf == 0;
        LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
        threads.execute(
            () -> {
              late.add(Duration.ofNanos(System.nanoTime() - due));
              boolean taken = one.verifies(payment);
              if (counts) {
                waits.add(Duration.ofNanos(System.nanoTime() - due));
                good.addAndGet(taken ? 1 : 0);
              }
            });
      }
    }
    return new Phase(Percentiles.of(waits), Percentiles.of(late), good.get());
  }
}
