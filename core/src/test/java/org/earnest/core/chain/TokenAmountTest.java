package org.earnest.core.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TokenAmountTest {
  private static final Caip19AssetId USDC =
      Caip19AssetId.parse("eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48");
  private static final Caip19AssetId OTHER =
      Caip19AssetId.parse("eip155:8453/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48");
  private static final BigInteger MAX = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  @RepeatedTest(50)
  void takingAwayWhatWasAddedLeavesTheFirst(RepetitionInfo seed) {
    Random random = new Random(seed.getCurrentRepetition());
    TokenAmount first = new TokenAmount(USDC, new BigInteger(200, random));
    TokenAmount second = new TokenAmount(USDC, new BigInteger(200, random));
    assertThat(first.plus(second).minus(second)).isEqualTo(first);
    assertThat(first.plus(second)).isEqualTo(second.plus(first)).isGreaterThanOrEqualTo(first);
  }

  @Test
  void anotherTokenIsAnotherMoneyEvenAtTheSameAddress() {
    TokenAmount one = TokenAmount.of(USDC, 1);
    TokenAmount other = TokenAmount.of(OTHER, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> one.plus(other));
    assertThatIllegalArgumentException().isThrownBy(() -> one.minus(other));
    assertThatIllegalArgumentException().isThrownBy(() -> one.compareTo(other));
  }

  @Test
  void noAmountIsNegativeOrBeyondAWord() {
    TokenAmount max = new TokenAmount(USDC, MAX);
    assertThatIllegalArgumentException().isThrownBy(() -> max.plus(TokenAmount.of(USDC, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenAmount.of(USDC, 1).minus(TokenAmount.of(USDC, 2)));
    assertThatIllegalArgumentException().isThrownBy(() -> TokenAmount.of(USDC, -1));
  }

  @Test
  void sharesRoundDown() {
    assertThat(new BasisPoints(3333).of(BigInteger.valueOf(10))).isEqualTo(BigInteger.valueOf(3));
    assertThat(new BasisPoints(10_000).of(MAX)).isEqualTo(MAX);
    assertThatIllegalArgumentException().isThrownBy(() -> new BasisPoints(10_001));
    assertThatIllegalArgumentException().isThrownBy(() -> new BasisPoints(-1));
  }
}
