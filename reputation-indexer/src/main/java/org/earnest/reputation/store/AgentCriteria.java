package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/**
 * Which agents are wanted; empty members want any. Minimums are of the standing in the scope.
 *
 * @param minSettled legs closed
 * @param minVolume atomic units of the scope's token
 * @param minRating average rating in hundredths of 0 to 100
 * @param minFeedback entries that nobody revoked
 * @param minAverage of feedback, times 10^18
 * @param credential what a validator answered
 */
public record AgentCriteria(
    StandingScope scope,
    Optional<EvmAddress> owner,
    Optional<EvmAddress> wallet,
    Optional<Long> minSettled,
    Optional<BigInteger> minVolume,
    Optional<Long> minRating,
    Optional<Long> minFeedback,
    Optional<BigInteger> minAverage,
    Optional<CardCriteria> card,
    Optional<CredentialCriteria> credential) {
  /** Every agent. */
  public static AgentCriteria none(StandingScope scope) {
    return new AgentCriteria(
        scope,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  AgentCriteria with(CardCriteria other) {
    return new AgentCriteria(
        scope,
        owner,
        wallet,
        minSettled,
        minVolume,
        minRating,
        minFeedback,
        minAverage,
        Optional.of(other),
        credential);
  }
}
