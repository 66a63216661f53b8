package org.earnest.core.reputation;

import org.earnest.core.chain.SignerUnavailableException;

/** Makes verifiable credentials of what agents settled. */
@FunctionalInterface
public interface ReputationStatements {
  /**
   * A secured credential about the agent, JSON.
   *
   * @throws SignerUnavailableException when the issuer's key could not be asked
   */
  String issue(ReputationStatement statement);
}
