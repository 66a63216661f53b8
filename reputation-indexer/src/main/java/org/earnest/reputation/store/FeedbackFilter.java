package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/**
 * Which of an agent's feedback is wanted; empty members want any.
 *
 * @param tag as the first or the second tag
 * @param minValue times 10^18
 * @param maxValue times 10^18
 */
public record FeedbackFilter(
    Optional<EvmAddress> client,
    Optional<String> tag,
    Optional<Boolean> revoked,
    Optional<BigInteger> minValue,
    Optional<BigInteger> maxValue,
    TimeSpan given) {
  public static final FeedbackFilter ANY = tagged(Optional.empty());

  static FeedbackFilter tagged(Optional<String> tag) {
    return new FeedbackFilter(
        Optional.empty(),
        tag,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TimeSpan.ALWAYS);
  }
}
