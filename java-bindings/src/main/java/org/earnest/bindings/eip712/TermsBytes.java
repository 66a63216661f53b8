package org.earnest.bindings.eip712;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** A deal's terms as the escrow publishes them: the 13 words of the head, then 19 of each leg. */
public final class TermsBytes {
  private static final int WORD = 32;
  private static final int HEAD_BYTES = 13 * WORD;
  private static final int LEG_BYTES = 19 * WORD;

  private final byte[] bytes;
  private int position;

  private TermsBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static byte[] encode(DealTerms terms) {
    Words words = TermsWords.append(new Words(), terms.head());
    terms.legs().forEach(leg -> TermsWords.append(words, leg));
    return words.bytes();
  }

  /**
   * Reads them back.
   *
   * @throws IllegalArgumentException when the length does not fit, or a member its type
   */
  public static DealTerms decode(byte[] bytes) {
    int legBytes = bytes.length - HEAD_BYTES;
    int count = legBytes / LEG_BYTES;
    if (legBytes < 0 || legBytes % LEG_BYTES != 0 || count > DealTerms.MAX_LEGS) {
      throw new IllegalArgumentException("terms are 13 words and 19 for each of 1 to 64 legs");
    }
    TermsBytes words = new TermsBytes(bytes);
    Head head = words.head();
    List<Leg> legs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      legs.add(words.leg());
    }
    return new DealTerms(head, legs);
  }

  private Head head() {
    return new Head(
        address(), uint(), number(), address(), address(), number(), small(), small(), address(),
        small(), number(), number(), word());
  }

  private Leg leg() {
    return new Leg(
        address(), uint(), number(), word(), uint(), uint(), uint(), number(), number(), number(),
        small(), word(), address(), uint(), number(), uint(), uint(), number(), number());
  }

  private Hash32 word() {
    position += WORD;
    return Hash32.of(Arrays.copyOfRange(bytes, position - WORD, position));
  }

  private BigInteger uint() {
    return new BigInteger(1, word().bytes());
  }

  private long number() {
    BigInteger value = uint();
    if (value.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException("a member is out of its range");
    }
    return value.longValue();
  }

  private int small() {
    long value = number();
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a member is out of its range");
    }
    return (int) value;
  }

  private EvmAddress address() {
    byte[] word = word().bytes();
    int padding = WORD - EvmAddress.BYTES;
    for (int i = 0; i < padding; i++) {
      if (word[i] != 0) {
        throw new IllegalArgumentException("an address is out of its range");
      }
    }
    return EvmAddress.of(Arrays.copyOfRange(word, padding, WORD));
  }
}
