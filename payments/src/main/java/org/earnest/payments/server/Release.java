package org.earnest.payments.server;

import org.earnest.payments.wire.SettleResponse;

/** When an answer may go to whoever paid for it. */
@FunctionalInterface
public interface Release {
  /** As soon as the facilitator says that it is settled. */
  Release SETTLED = settlement -> true;

  /**
   * Whether a settlement is sure enough. Where it is not, the buyer is told to send the same
   * payment again.
   *
   * @param settlement successful, as the facilitator says
   */
  boolean allows(SettleResponse settlement);
}
