package org.earnest.core.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

class DealTermsTest {
  private static final EvmAddress CLIENT = EvmAddress.of(filled(20, 1));
  private static final EvmAddress PAYEE = EvmAddress.of(filled(20, 2));
  private static final BigInteger UINT128_MAX = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);

  @Test
  void theClientPaysInEveryAmountAndRetainer() {
    DealTerms terms = new DealTerms(head(0), List.of(leg(10, 1), leg(20, 2)));
    assertThat(terms.total()).isEqualTo(33);
  }

  @Test
  void theNumberOfLegsIsBounded() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DealTerms(head(0), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DealTerms(head(0), Collections.nCopies(DealTerms.MAX_LEGS + 1, leg(1, 0))));
    assertThat(new DealTerms(head(0), Collections.nCopies(DealTerms.MAX_LEGS, leg(1, 0))).legs())
        .hasSize(DealTerms.MAX_LEGS);
  }

  @Test
  void whatDoesNotFitItsSolidityTypeIsRefused() {
    assertThat(leg(UINT128_MAX).amount()).isEqualTo(UINT128_MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> leg(UINT128_MAX.add(BigInteger.ONE)))
        .withMessageContaining("amount");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head(1L << 40))
        .withMessageContaining("openBy");
    assertThatIllegalArgumentException().isThrownBy(() -> head(-1));
  }

  private static Head head(long openBy) {
    return new Head(
        CLIENT,
        BigInteger.ZERO,
        0,
        PAYEE,
        EvmAddress.ZERO,
        0,
        0,
        0,
        EvmAddress.ZERO,
        0,
        openBy,
        0,
        Hash32.ZERO);
  }

  private static Leg leg(BigInteger amount) {
    return leg(amount, 0);
  }

  private static Leg leg(long amount, long retainer) {
    return leg(BigInteger.valueOf(amount), retainer);
  }

  private static Leg leg(BigInteger amount, long retainer) {
    BigInteger none = BigInteger.ZERO;
    return new Leg(
        PAYEE,
        none,
        0,
        Hash32.ZERO,
        amount,
        none,
        none,
        0,
        0,
        0,
        0,
        Hash32.ZERO,
        EvmAddress.ZERO,
        none,
        0,
        BigInteger.valueOf(retainer),
        none,
        0,
        0);
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
