package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the chain asked for a moment ago, so that a crowd of requests asks once. A block raises the
 * base fee by an eighth at most, and what is offered is good for six of them.
 */
final class RecentFees {
  private static final Duration KEPT = Duration.ofMillis(200);

  private final Supplier<Fees> chain;
  private final Ticks ticks;
  private volatile Optional<Told> last = Optional.empty();

  RecentFees(Supplier<Fees> chain, Ticks ticks) {
    this.chain = chain;
    this.ticks = ticks;
  }

  private record Told(Fees fees, long atNanos) {}

  Fees get() {
    long now = ticks.nanos();
    Optional<Told> fresh = last.filter(told -> now - told.atNanos() < KEPT.toNanos());
    if (fresh.isPresent()) {
      return fresh.get().fees();
    }
    Fees fees = chain.get();
    last = Optional.of(new Told(fees, now));
    return fees;
  }
}
