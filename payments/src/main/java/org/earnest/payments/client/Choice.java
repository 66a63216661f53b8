package org.earnest.payments.client;

import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.wire.PaymentRequirements;

/** What the policy says to a server's offers. */
sealed interface Choice {
  record Pay(PaymentRequirements offer, PaymentTerms terms) implements Choice {}

  record Decline(String code, String detail) implements Choice {}
}
