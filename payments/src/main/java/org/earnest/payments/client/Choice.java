package org.earnest.payments.client;

import java.util.Optional;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.wire.PaymentRequirements;

/** What the policy says to a server's offers. */
sealed interface Choice {
  /**
   * Pays an offer.
   *
   * @param channel out of which it is paid; empty where the money goes to the payee at once
   */
  record Pay(PaymentRequirements offer, PaymentTerms terms, Optional<ChannelTerms> channel)
      implements Choice {}

  record Decline(String code, String detail) implements Choice {}
}
