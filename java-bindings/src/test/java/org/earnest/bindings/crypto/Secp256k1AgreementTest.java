package org.earnest.bindings.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The native library and Bouncy Castle are one and the same curve. */
final class Secp256k1AgreementTest {
  private static final int ROUNDS = 100;
  private static final long SEED = 17_091_920;
  private final Secp256k1Port nativeLibrary = new NativeSecp256k1();
  private final Secp256k1Port bouncyCastle = new BouncyCastleSecp256k1();

  @Test
  void theNativeLibraryIsInUse() {
    assertThat(Secp256k1Ecdsa.PORT).isInstanceOf(NativeSecp256k1.class);
  }

  @Test
  void bothDeriveSignAndRecoverAlike() {
    Random random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] key = word(random);
      byte[] digest = word(random);
      byte[] publicKey = bouncyCastle.publicKey(key);
      byte[] signature = bouncyCastle.sign(digest, key);

      assertThat(nativeLibrary.publicKey(key)).isEqualTo(publicKey);
      assertThat(nativeLibrary.sign(digest, key)).isEqualTo(signature);
      for (int id = 0; id < 4; id++) {
        assertThat(nativeLibrary.recover(digest, signature, id).map(HexFormat.of()::formatHex))
            .isEqualTo(bouncyCastle.recover(digest, signature, id).map(HexFormat.of()::formatHex));
      }
    }
  }

  @Test
  void bothJudgeArbitrarySignaturesAlike() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] signature = Arrays.copyOf(word(random), Secp256k1Port.SIGNATURE_BYTES);
      System.arraycopy(word(random), 0, signature, 32, 32);
      byte[] digest = word(random);
      for (int id = 0; id < 2; id++) {
        assertThat(nativeLibrary.recover(digest, signature, id).map(HexFormat.of()::formatHex))
            .isEqualTo(bouncyCastle.recover(digest, signature, id).map(HexFormat.of()::formatHex));
      }
    }
  }

  @Test
  void smallAndLargeKeysAgree() {
    byte[] digest = word(new Random(SEED));
    for (BigInteger scalar :
        new BigInteger[] {
          BigInteger.ONE, BigInteger.TWO, Secp256k1Ecdsa.ORDER.subtract(BigInteger.ONE)
        }) {
      byte[] key = HexFormat.of().parseHex("%064x".formatted(scalar));
      assertThat(nativeLibrary.publicKey(key)).isEqualTo(bouncyCastle.publicKey(key));
      assertThat(nativeLibrary.sign(digest, key)).isEqualTo(bouncyCastle.sign(digest, key));
    }
  }

  /** A widely published RFC 6979 vector: key 1 signs SHA-256 of a name. */
  @Test
  void thePublishedVectorHolds() throws Exception {
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest("Satoshi Nakamoto".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    byte[] one = HexFormat.of().parseHex("%064x".formatted(1));

    assertThat(HexFormat.of().formatHex(bouncyCastle.sign(digest, one)))
        .isEqualTo(
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
                + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
  }

  private static byte[] word(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
