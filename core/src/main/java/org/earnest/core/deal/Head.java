package org.earnest.core.deal;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What the parties agree for the whole deal. Member for member the contract's EIP-712 struct {@code
 * Head}; the contract refuses what breaks the deal's rules, this record what cannot be encoded.
 *
 * @param clientAgentId 0 when the client is not rated
 * @param clientAgentEpoch owner epoch of the client's agent at opening
 * @param arbiter zero when there are no disputes
 * @param rulingTime seconds that an open dispute waits for a ruling; 365 days at most
 * @param deadlockBps payee's share in basis points when the arbiter stays silent
 * @param arbiterFeeBps of a leg's net amount, paid for a ruling, at most 1000
 * @param feeReceiver zero exactly when feeBps is 0
 * @param feeBps of what a payee is paid, at most 1000
 * @param openBy second of 1970 until which the deal can be opened; where there is a joinBy, the
 *     same signatures of payees and standbys are good for joining until that
 * @param joinBy 0 when every payee signs at opening; else second of 1970 until which payees join
 * @param docHash hash of the terms' document, which carries 128 random bits
 */
public record Head(
    EvmAddress client,
    BigInteger clientAgentId,
    long clientAgentEpoch,
    EvmAddress token,
    EvmAddress arbiter,
    long rulingTime,
    int deadlockBps,
    int arbiterFeeBps,
    EvmAddress feeReceiver,
    int feeBps,
    long openBy,
    long joinBy,
    Hash32 docHash) {
  public Head {
    Uint.require(clientAgentId, 256, "clientAgentId");
    Uint.require(clientAgentEpoch, 32, "clientAgentEpoch");
    Uint.require(rulingTime, 32, "rulingTime");
    Uint.require(deadlockBps, 16, "deadlockBps");
    Uint.require(arbiterFeeBps, 16, "arbiterFeeBps");
    Uint.require(feeBps, 16, "feeBps");
    Uint.require(openBy, 40, "openBy");
    Uint.require(joinBy, 40, "joinBy");
  }
}
