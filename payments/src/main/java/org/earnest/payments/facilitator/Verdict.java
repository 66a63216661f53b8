package org.earnest.payments.facilitator;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.exact.Reason;

/** What the verifier says of a payment. */
public sealed interface Verdict {
  record Valid(VerifiedPayment verified) implements Verdict {}

  /**
   * The payment is not good.
   *
   * @param detail for a person
   * @param payer as far as it could be read
   */
  record Invalid(Reason reason, String detail, Optional<EvmAddress> payer) implements Verdict {}
}
