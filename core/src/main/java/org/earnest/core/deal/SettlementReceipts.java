package org.earnest.core.deal;

import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;

/** Makes verifiable credentials of settlements. */
@FunctionalInterface
public interface SettlementReceipts {
  /**
   * A secured credential about the settlement.
   *
   * @param receipt of a leg whose closing is final
   * @throws SignerUnavailableException when the issuer's key could not be asked
   */
  StatementOutcome issue(SettlementReceipt receipt, StatementForm form);
}
