package org.earnest.core.deal;

import org.earnest.core.chain.SignerUnavailableException;

/** Makes verifiable credentials of settlements. */
@FunctionalInterface
public interface SettlementReceipts {
  /**
   * A secured credential about the settlement, JSON.
   *
   * @param receipt of a leg whose closing is final
   * @throws SignerUnavailableException when the issuer's key could not be asked
   */
  String issue(SettlementReceipt receipt);
}
