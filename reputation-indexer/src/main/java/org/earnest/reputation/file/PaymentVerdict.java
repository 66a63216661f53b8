package org.earnest.reputation.file;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Hash32;

/** What a claimed payment is worth once the chain was asked. Codes are stable, lower snake case. */
public sealed interface PaymentVerdict {
  /** None is claimed. */
  record Absent() implements PaymentVerdict {}

  /**
   * The client paid the agent.
   *
   * @param token what moved from the one to the other; empty for the chain's own coin
   * @param amount atomic units, wei of the chain's own coin; at least 1
   */
  record Verified(Hash32 transaction, Optional<Caip19AssetId> token, BigInteger amount)
      implements PaymentVerdict {}

  /** The chain says otherwise. */
  record Wrong(String code, String detail) implements PaymentVerdict {}

  /** The chain or the token is none that is known here, or the chain does not answer. */
  record Unknown(String code, String detail) implements PaymentVerdict {}
}
