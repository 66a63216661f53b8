package org.earnest.reputation.file;

import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;

/** What a claimed payment is worth once the chain was asked. Codes are stable, lower snake case. */
public sealed interface PaymentVerdict {
  /** None is claimed. */
  record Absent() implements PaymentVerdict {}

  /**
   * The client paid the agent.
   *
   * @param amount what moved from the one to the other, at least 1 atomic unit
   */
  record Verified(Hash32 transaction, TokenAmount amount) implements PaymentVerdict {}

  /** The chain says otherwise. */
  record Wrong(String code, String detail) implements PaymentVerdict {}

  /** The chain or the token is none that is known here, or the chain does not answer. */
  record Unknown(String code, String detail) implements PaymentVerdict {}
}
