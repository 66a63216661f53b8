package org.earnest.escrow.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.call.Funding.Overload;
import org.junit.jupiter.api.Test;

/** By which of the token's two functions the escrow is to take an authorization. */
class OpenRequestTest {
  private static final BigInteger AFTER = BigInteger.ONE;
  private static final BigInteger BEFORE = BigInteger.TWO;
  private static final Signature KEYS = new Signature("0x" + "11".repeat(65));
  private static final Signature WALLETS = new Signature("0x" + "33".repeat(130));

  @Test
  void asTheClientSaysAlsoForAsManyBytesAsAKeyHas() {
    for (Overload said : Overload.values()) {
      assertThat(new OpenRequest.Authorization(AFTER, BEFORE, KEYS, said).funding())
          .isEqualTo(new Funding.Authorization(AFTER, BEFORE, KEYS.hex(), said));
    }
  }

  @Test
  void asIsUsualForSuchASignatureWhereItSaysNothing() {
    assertThat(new OpenRequest.Authorization(AFTER, BEFORE, KEYS).funding().overload())
        .isEqualTo(Overload.VRS);
    assertThat(new OpenRequest.Authorization(AFTER, BEFORE, WALLETS).funding().overload())
        .isEqualTo(Overload.BYTES);
  }

  @Test
  void notInThreePartsOfWhatIsNoKeys() {
    var wrong = new OpenRequest.Authorization(AFTER, BEFORE, WALLETS, Overload.VRS);
    assertThatIllegalArgumentException()
        .isThrownBy(wrong::funding)
        .withMessageContaining("65 bytes");
  }
}
