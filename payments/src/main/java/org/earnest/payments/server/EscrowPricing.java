package org.earnest.payments.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Offers into escrow whose deadline follows the call: at least so long after it, and the same for
 * all calls within an hour, so that a buyer who asks, signs and asks again is offered the same
 * twice. What was signed by the hour before is taken too.
 */
public final class EscrowPricing implements Pricing {
  /** How long an offer stays the same. */
  public static final Duration STEP = Duration.ofHours(1);

  private final Function<Instant, Offer> offers;
  private final Duration held;
  private final InstantSource clock;

  /**
   * Prices whose money may wait in escrow.
   *
   * @param offers by the second until which they may be captured
   * @param held how long a payment may be captured at least; at most {@link #STEP} longer
   */
  public EscrowPricing(Function<Instant, Offer> offers, Duration held, InstantSource clock) {
    this.offers = offers;
    this.held = held;
    this.clock = clock;
  }

  @Override
  public Offer offer(PaidRequest request) {
    Instant now = clock.instant();
    Offer current = offers.apply(deadline(now));
    if (!(PaymentReading.of(request, current) instanceof PaymentReading.Former)) {
      return current;
    }
    Offer previous = offers.apply(deadline(now.minus(STEP)));
    return PaymentReading.of(request, previous) instanceof PaymentReading.Fit ? previous : current;
  }

  private Instant deadline(Instant now) {
    long step = STEP.toSeconds();
    long next = Math.floorDiv(now.getEpochSecond(), step) * step + step;
    return Instant.ofEpochSecond(next).plus(held);
  }
}
