package org.earnest.testkit.deal;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.earnest.core.chain.EvmAddress;

/**
 * What everybody has, in atomic units.
 *
 * @param balances at the token
 * @param credits at the escrow
 */
public record Purses(Map<EvmAddress, BigInteger> balances, Map<EvmAddress, BigInteger> credits) {
  public Purses {
    balances = Map.copyOf(balances);
    credits = Map.copyOf(credits);
  }

  public BigInteger balance(EvmAddress who) {
    return balances.getOrDefault(who, BigInteger.ZERO);
  }

  public BigInteger credit(EvmAddress who) {
    return credits.getOrDefault(who, BigInteger.ZERO);
  }

  Purses pay(EvmAddress who, BigInteger sum) {
    return new Purses(plus(balances, who, sum), credits);
  }

  Purses addCredit(EvmAddress who, BigInteger sum) {
    return new Purses(balances, plus(credits, who, sum));
  }

  /** Nobody is asked to take what is not there: the sum of all is never below zero. */
  private static Map<EvmAddress, BigInteger> plus(
      Map<EvmAddress, BigInteger> sums, EvmAddress who, BigInteger sum) {
    Map<EvmAddress, BigInteger> changed = new HashMap<>(sums);
    if (changed.merge(who, sum, BigInteger::add).signum() < 0) {
      throw new IllegalStateException(who + " has less than it is to give");
    }
    return changed;
  }
}
