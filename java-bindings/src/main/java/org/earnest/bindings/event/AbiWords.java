package org.earnest.bindings.event;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Data of Solidity's ABI, whose members are read off its words where they stand. What lies beside a
 * number in its word, or beside a text in its last one, is not looked at, as web3j's decoder does
 * not either. Positions are in bytes; every method throws IllegalArgumentException beyond the end.
 */
final class AbiWords {
  static final int WORD = 32;

  private static final int LONG = Long.BYTES;

  private final byte[] data;

  AbiWords(byte[] data) {
    this.data = data;
  }

  /** An unsigned number in the last bytes of its word. */
  BigInteger unsigned(int at, int length) {
    requireWord(at);
    return new BigInteger(1, data, at + WORD - length, length);
  }

  /** A signed one. */
  BigInteger signed(int at, int length) {
    requireWord(at);
    return new BigInteger(data, at + WORD - length, length);
  }

  boolean bool(int at) {
    return unsigned(at, WORD).equals(BigInteger.ONE);
  }

  /** The last bytes of a word. */
  byte[] end(int at, int length) {
    requireWord(at);
    return Arrays.copyOfRange(data, at + WORD - length, at + WORD);
  }

  /** Bytes of any number: their length stands where the word says, and they after it. */
  byte[] bytes(int at) {
    int start = place(at);
    int length = place(start);
    int from = start + WORD;
    if (length > data.length - from) {
      throw new IllegalArgumentException("bytes reach beyond the data");
    }
    return Arrays.copyOfRange(data, from, from + length);
  }

  /** A word that counts bytes of the data, and so is no more than there are. */
  private int place(int at) {
    requireWord(at);
    int low = at + WORD - LONG;
    boolean large = false;
    long value = 0;
    for (int i = at; i < low; i++) {
      large |= data[i] != 0;
    }
    for (int i = low; i < at + WORD; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedInt(data[i]);
    }
    if (large || value < 0 || value > data.length) {
      throw new IllegalArgumentException("an offset or a length reaches beyond the data");
    }
    return (int) value;
  }

  private void requireWord(int at) {
    if (at > data.length - WORD) {
      throw new IllegalArgumentException("members are missing");
    }
  }
}
