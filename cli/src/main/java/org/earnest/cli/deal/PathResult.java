package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Who had put in what, and got what, at the end of a path.
 *
 * @param putIn atomic units by party's name: the client's money, the others' bonds
 * @param gets atomic units by party's name
 * @param ended second of 1970 at which the last leg's money was paid
 */
record PathResult(
    DealPath path,
    Map<String, BigInteger> putIn,
    Map<String, BigInteger> gets,
    long ended,
    List<LegResult> legs) {
  /** Whether all that was put in came out again, and no more. */
  boolean addsUp() {
    return sum(putIn.values()).equals(paidOut());
  }

  BigInteger penalties() {
    return sum(legs.stream().map(LegResult::penalty).toList());
  }

  BigInteger bondsToClient() {
    return sum(legs.stream().map(LegResult::bondsToClient).toList());
  }

  BigInteger paidOut() {
    return sum(gets.values());
  }

  static BigInteger sum(Collection<BigInteger> sums) {
    return sums.stream().reduce(BigInteger.ZERO, BigInteger::add);
  }
}
