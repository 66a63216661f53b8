package org.earnest.bindings.event;

import java.math.BigInteger;
import java.util.Arrays;
import org.earnest.core.chain.Hex;

/**
 * The data of {@code PanelFormed} as Solidity writes it, word by word. The decoder makes room for
 * as many members as a stranger's log says, so what it is given is measured first.
 */
final class PanelWords {
  private static final int WORD = 32;
  private static final int MAX_MEMBERS = 32;

  /** The members of the struct, of which the first two are offsets. */
  private static final int STRUCT = 11;

  /** Besides two words for each member: the struct's offset, the struct, and two lengths. */
  private static final int FIXED = 1 + STRUCT + 2;

  private final byte[] data;

  private PanelWords(byte[] data) {
    this.data = data;
  }

  /**
   * Insists on data of 1 to 32 members with as many weights.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static void require(String data) {
    PanelWords words = new PanelWords(Hex.decode(data));
    int members = (words.data.length / WORD - FIXED) / 2;
    boolean sized =
        members >= 1 && members <= MAX_MEMBERS && words.data.length == (FIXED + 2 * members) * WORD;
    if (!sized
        || !words.is(0, WORD)
        || !words.is(1, STRUCT * WORD)
        || !words.is(2, (STRUCT + 1 + members) * WORD)
        || !words.is(1 + STRUCT, members)
        || !words.is(2 + STRUCT + members, members)) {
      throw new IllegalArgumentException("these are no panel's terms");
    }
  }

  private boolean is(int index, int value) {
    byte[] word = Arrays.copyOfRange(data, index * WORD, (index + 1) * WORD);
    return new BigInteger(1, word).equals(BigInteger.valueOf(value));
  }
}
