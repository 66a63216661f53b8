package org.earnest.credentials.status;

import java.util.Arrays;

/** The values of a status list, each of the same number of bits, one after another in bytes. */
public final class Statuses {
  /** Of one value; as many as fit into a byte. */
  public static final int MAX_BITS = 8;

  private static final int BYTE = 8;

  /** From which end a byte's bits are counted. */
  public enum Order {
    /** The first is the most significant (Bitstring Status List 1.0 §1.1). */
    LEFT_FIRST,
    /** The first is the least significant (Token Status List §4.1). */
    RIGHT_FIRST
  }

  private final Order order;
  private final int bits;
  private final byte[] bytes;

  private Statuses(Order order, int bits, byte[] bytes) {
    if (bits < 1 || bits > MAX_BITS) {
      throw new IllegalArgumentException("a status has 1 to " + MAX_BITS + " bits, not " + bits);
    }
    this.order = order;
    this.bits = bits;
    this.bytes = bytes;
  }

  /** A list of zeros. */
  public static Statuses zeros(Order order, int bits, int entries) {
    return new Statuses(order, bits, new byte[Math.ceilDiv(Math.multiplyExact(bits, entries), 8)]);
  }

  /** A list as its bytes say; copied. */
  public static Statuses of(Order order, int bits, byte[] bytes) {
    return new Statuses(order, bits, bytes.clone());
  }

  /** The same bits, read as values of this many; what changes in one changes in the other. */
  Statuses ofBits(int width) {
    return new Statuses(order, width, bytes);
  }

  /** Of each value. */
  int bits() {
    return bits;
  }

  /** How many values there is room for. */
  public long entries() {
    return (long) bytes.length * BYTE / bits;
  }

  /**
   * A value.
   *
   * @param index from 0, below {@link #entries}
   */
  public int get(long index) {
    requireIndex(index);
    int value = 0;
    for (int bit = 0; bit < bits; bit++) {
      int set = (bytes[byteOf(index, bit)] >> shift(index, bit)) & 1;
      value |= set << weight(bit);
    }
    return value;
  }

  /** Changes a value. */
  public void set(long index, int value) {
    requireIndex(index);
    if (value < 0 || value >= 1 << bits) {
      throw new IllegalArgumentException("a status of " + bits + " bits cannot be " + value);
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 1 << shift(index, bit);
      boolean set = (value >> weight(bit) & 1) == 1;
      int at = byteOf(index, bit);
      bytes[at] = (byte) (set ? bytes[at] | mask : bytes[at] & ~mask);
    }
  }

  /** The list as it is compressed. */
  public byte[] bytes() {
    return bytes.clone();
  }

  private int byteOf(long index, int bit) {
    return (int) ((index * bits + bit) / BYTE);
  }

  private int shift(long index, int bit) {
    int inByte = (int) ((index * bits + bit) % BYTE);
    return order == Order.LEFT_FIRST ? BYTE - 1 - inByte : inByte;
  }

  /** The first bit of a value weighs most where bits are counted from the left. */
  private int weight(int bit) {
    return order == Order.LEFT_FIRST ? bits - 1 - bit : bit;
  }

  private void requireIndex(long index) {
    if (index < 0 || index >= entries()) {
      throw new IndexOutOfBoundsException("a list of " + entries() + " has no " + index);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Statuses list
        && order == list.order
        && bits == list.bits
        && Arrays.equals(bytes, list.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return entries() + " statuses of " + bits + " bits";
  }
}
