package org.earnest.payments.testing;

import java.time.Duration;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.capture.CaptureTerms;

/** Offers of payments into escrow of which no chain knows. */
public final class CaptureOffers {
  private CaptureOffers() {}

  public static CaptureTerms good() {
    return new CaptureTerms(
        TokenAmount.of(Payments.USDC, 1_000),
        Payments.SELLER,
        Duration.ofMinutes(1),
        Payments.BUYER.address(),
        Payments.NOW.plus(Duration.ofDays(1)),
        Payments.NOW.plus(Duration.ofDays(2)),
        "USDC",
        "2");
  }
}
