package org.earnest.core.reputation;

import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;

/** Makes verifiable credentials of what agents settled. */
@FunctionalInterface
public interface ReputationStatements {
  /**
   * A secured credential about the agent.
   *
   * @throws SignerUnavailableException when the issuer's key could not be asked
   */
  StatementOutcome issue(ReputationStatement statement, StatementForm form);
}
