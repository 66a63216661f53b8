package org.earnest.payments.client;

import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.wire.PaymentRequirements;

/** What the policy says to a server's offers. */
sealed interface Choice {
  record Pay(PaymentRequirements offer, ExactRequirements terms) implements Choice {}

  record Decline(String code, String detail) implements Choice {}
}
