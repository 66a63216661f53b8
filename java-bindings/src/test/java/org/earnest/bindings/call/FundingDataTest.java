package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.earnest.bindings.call.Funding.Overload;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.core.chain.Hex;
import org.junit.jupiter.api.Test;

/** Which of a token's two functions an authorization is for. */
final class FundingDataTest {
  private static final BigInteger AFTER = BigInteger.ONE;
  private static final BigInteger BEFORE = BigInteger.TWO;
  private static final String KEYS = "0x" + "11".repeat(32) + "22".repeat(32) + "1b";
  private static final String WALLETS = "0x" + "33".repeat(130);

  @Test
  void aKeysSignatureGoesInThreePartsUnlessTheClientSaysOtherwise() {
    DealEscrow.Funding usual = FundingData.of(new Funding.Authorization(AFTER, BEFORE, KEYS));
    assertThat(usual.kind).isEqualTo(0);
    assertThat(Hex.encode(usual.data))
        .isEqualTo("0x" + word(1) + word(2) + word(0x1b) + "11".repeat(32) + "22".repeat(32));
    DealEscrow.Funding named =
        FundingData.of(new Funding.Authorization(AFTER, BEFORE, KEYS, Overload.BYTES));
    assertThat(named.kind).isEqualTo(1);
    assertThat(Hex.encode(named.data))
        .startsWith("0x" + word(1) + word(2) + word(96) + word(65) + KEYS.substring(2));
  }

  @Test
  void aWalletsSignatureGoesAsBytes() {
    DealEscrow.Funding usual = FundingData.of(new Funding.Authorization(AFTER, BEFORE, WALLETS));
    assertThat(usual.kind).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Funding.Authorization(AFTER, BEFORE, WALLETS, Overload.VRS))
        .withMessageContaining("65 bytes");
  }

  private static String word(int value) {
    return "%064x".formatted(value);
  }
}
