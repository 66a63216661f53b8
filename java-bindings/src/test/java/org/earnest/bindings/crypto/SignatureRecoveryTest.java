package org.earnest.bindings.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

final class SignatureRecoveryTest {
  private static final Hash32 DIGEST = new Hash32("0x" + "5e".repeat(32));
  private static final byte[] ORDER = HexFormat.of().parseHex(Secp256k1Ecdsa.ORDER.toString(16));
  private final LocalSigner signer = LocalSigner.of("0x" + "11".repeat(32));
  private final byte[] signature = signer.sign(DIGEST);

  @Test
  void theSignerIsFound() {
    assertThat(SignatureRecovery.recover(DIGEST, signature)).contains(signer.address());
  }

  @Test
  void anotherDigestIsAnotherSigner() {
    assertThat(SignatureRecovery.recover(Hash32.ZERO, signature))
        .isNotEqualTo(java.util.Optional.of(signer.address()));
  }

  @Test
  void highSIsRefusedThoughTheCurveTakesIt() {
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    byte[] high = signature.clone();
    byte[] flipped = HexFormat.of().parseHex("%064x".formatted(Secp256k1Ecdsa.ORDER.subtract(s)));
    System.arraycopy(flipped, 0, high, 32, 32);
    high[64] = (byte) (27 + 28 - signature[64]);

    assertThat(SignatureRecovery.recover(DIGEST, high)).isEmpty();
  }

  @Test
  void onlyTheTwoValuesOfVCount() {
    for (int v = 0; v < 256; v++) {
      if (v == 27 || v == 28) {
        continue;
      }
      byte[] other = signature.clone();
      other[64] = (byte) v;
      assertThat(SignatureRecovery.recover(DIGEST, other)).as("v %d", v).isEmpty();
    }
  }

  @Test
  void lengthsAndZerosAreRefused() {
    assertThat(SignatureRecovery.recover(DIGEST, new byte[0])).isEmpty();
    assertThat(SignatureRecovery.recover(DIGEST, Arrays.copyOf(signature, 64))).isEmpty();
    assertThat(SignatureRecovery.recover(DIGEST, Arrays.copyOf(signature, 66))).isEmpty();
    byte[] zero = new byte[65];
    zero[64] = 27;
    assertThat(SignatureRecovery.recover(DIGEST, zero)).isEmpty();
    for (int offset : new int[] {0, 32}) {
      byte[] noNumber = signature.clone();
      Arrays.fill(noNumber, offset, offset + 32, (byte) 0);
      assertThat(SignatureRecovery.recover(DIGEST, noNumber)).as("0 at %d", offset).isEmpty();
      System.arraycopy(ORDER, 0, noNumber, offset, 32);
      assertThat(SignatureRecovery.recover(DIGEST, noNumber)).as("n at %d", offset).isEmpty();
    }
    byte[] rAboveOrder = signature.clone();
    Arrays.fill(rAboveOrder, 0, 32, (byte) 0xff);
    assertThat(SignatureRecovery.recover(DIGEST, rAboveOrder)).isEmpty();
  }
}
