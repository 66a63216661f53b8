package org.earnest.bench.gas;

import java.util.Collection;

/**
 * What transactions took.
 *
 * @param gas units, as their receipts say
 * @param atFloor whether one of them took what its calldata costs at least (EIP-7623), which is
 *     more than its work
 */
record Spent(long gas, boolean atFloor) {
  private static final long BASE = 21_000;

  private static final long ZERO_BYTE = 4;
  private static final long OTHER_BYTE = 16;
  private static final long FLOOR_OF_ZERO_BYTE = 10;
  private static final long FLOOR_OF_OTHER_BYTE = 40;

  /** What a call took by its receipt. */
  static Spent of(long gas, byte[] calldata) {
    return new Spent(gas, gas == cost(calldata, FLOOR_OF_ZERO_BYTE, FLOOR_OF_OTHER_BYTE));
  }

  static Spent sum(Collection<Spent> all) {
    return new Spent(
        all.stream().mapToLong(Spent::gas).sum(), all.stream().anyMatch(Spent::atFloor));
  }

  /** The same without what a transaction costs before its first instruction (EIP-2028). */
  Spent callAlone(byte[] calldata) {
    return new Spent(gas - cost(calldata, ZERO_BYTE, OTHER_BYTE), false);
  }

  private static long cost(byte[] calldata, long zero, long other) {
    long cost = BASE;
    for (byte each : calldata) {
      cost += each == 0 ? zero : other;
    }
    return cost;
  }
}
