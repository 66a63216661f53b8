package org.earnest.bindings.eip712;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** Terms of any values that fit, whether or not the contract would take them. */
public final class RandomTerms {
  private final Random random;

  public RandomTerms(long seed) {
    random = new Random(seed);
  }

  public DealTerms next(int legs) {
    return new DealTerms(head(), IntStream.range(0, legs).mapToObj(i -> leg()).toList());
  }

  private Head head() {
    return new Head(
        address(),
        uint(256),
        number(32),
        address(),
        address(),
        number(32),
        (int) number(16),
        (int) number(16),
        address(),
        (int) number(16),
        number(40),
        number(40),
        hash());
  }

  private Leg leg() {
    return new Leg(
        address(),
        uint(256),
        number(32),
        hash(),
        uint(128),
        uint(128),
        uint(128),
        number(40),
        number(32),
        number(32),
        (int) number(16),
        hash(),
        address(),
        uint(256),
        number(32),
        uint(128),
        uint(128),
        number(32),
        number(32));
  }

  public EvmAddress address() {
    byte[] bytes = new byte[EvmAddress.BYTES];
    random.nextBytes(bytes);
    return EvmAddress.of(bytes);
  }

  public Hash32 hash() {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }

  /** Small and large ones alike, with the ends of the range. */
  public BigInteger uint(int bits) {
    return switch (random.nextInt(4)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      default -> new BigInteger(1 + random.nextInt(bits), random);
    };
  }

  private long number(int bits) {
    return uint(bits).longValueExact();
  }
}
