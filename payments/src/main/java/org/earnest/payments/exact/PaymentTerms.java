package org.earnest.payments.exact;

import java.time.Duration;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;

/** What an offer asks, as far as a buyer weighs it. */
public interface PaymentTerms {
  /** What it costs; in scheme {@code upto} at most. */
  TokenAmount price();

  EvmAddress payTo();

  /** How long after signing a payment may be settled. */
  Duration maxTimeout();
}
