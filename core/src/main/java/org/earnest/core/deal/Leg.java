package org.earnest.core.deal;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * One payee's part of a deal. Member for member the contract's EIP-712 struct {@code Leg}. Amounts
 * are in the token's atomic units, durations in seconds, instants in seconds of 1970.
 *
 * @param agentId 0 when the payee is not rated
 * @param penaltyMax taken from the amount when delivery comes at {@code due + grace}
 * @param review seconds the client has after delivery
 * @param silenceBps payee's share when the client stays silent; 65535 escalates to the arbiter
 * @param standby zero when nobody stands by; then the four members after the epoch are 0
 */
public record Leg(
    EvmAddress payee,
    BigInteger agentId,
    long agentEpoch,
    Hash32 tag,
    BigInteger amount,
    BigInteger bond,
    BigInteger penaltyMax,
    long due,
    long grace,
    long review,
    int silenceBps,
    Hash32 criteriaHash,
    EvmAddress standby,
    BigInteger standbyAgentId,
    long standbyAgentEpoch,
    BigInteger retainer,
    BigInteger standbyBond,
    long callWindow,
    long standbyTime) {
  public Leg {
    Uint.require(agentId, 256, "agentId");
    Uint.require(agentEpoch, 32, "agentEpoch");
    Uint.require(amount, 128, "amount");
    Uint.require(bond, 128, "bond");
    Uint.require(penaltyMax, 128, "penaltyMax");
    Uint.require(due, 40, "due");
    Uint.require(grace, 32, "grace");
    Uint.require(review, 32, "review");
    Uint.require(silenceBps, 16, "silenceBps");
    Uint.require(standbyAgentId, 256, "standbyAgentId");
    Uint.require(standbyAgentEpoch, 32, "standbyAgentEpoch");
    Uint.require(retainer, 128, "retainer");
    Uint.require(standbyBond, 128, "standbyBond");
    Uint.require(callWindow, 32, "callWindow");
    Uint.require(standbyTime, 32, "standbyTime");
  }
}
