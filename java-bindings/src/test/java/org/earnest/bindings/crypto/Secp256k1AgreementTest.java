package org.earnest.bindings.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

/** The native library and Bouncy Castle are one and the same curve. */
final class Secp256k1AgreementTest {
  private static final int ROUNDS = 100;
  private static final long SEED = 17_091_920;
  private static final BigInteger FIELD =
      new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);
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

  /** Where the field is larger than the order, where half of it ends, and where digests wrap. */
  @Test
  void bothJudgeTheEdgesAlike() {
    BigInteger order = Secp256k1Ecdsa.ORDER;
    BigInteger one = BigInteger.ONE;
    BigInteger room = FIELD.subtract(order);
    BigInteger half = Secp256k1Ecdsa.HALF_ORDER;
    BigInteger[] rs = {
      one, BigInteger.TWO, room.subtract(one), room, room.add(one), order.subtract(one)
    };
    BigInteger[] ss = {one, half, half.add(one), order.subtract(one)};
    BigInteger[] digests = {BigInteger.ZERO, one, order, FIELD, one.shiftLeft(256).subtract(one)};
    int recovered = 0;
    for (BigInteger r : rs) {
      for (BigInteger s : ss) {
        for (BigInteger digest : digests) {
          for (int id = 0; id < 4; id++) {
            recovered += agreed(word(digest), signature(r, s), id) ? 1 : 0;
          }
        }
      }
    }
    assertThat(recovered).as("of signatures at the edges").isBetween(1, 479);
  }

  /** With s = e/k the two points cancel each other out: sR = eG. */
  @Test
  void theKeyAtInfinityIsNobodys() {
    Random random = new Random(SEED + 2);
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger k = new BigInteger(1, word(random)).mod(Secp256k1Ecdsa.ORDER);
      byte[] point = bouncyCastle.publicKey(word(k));
      BigInteger r = new BigInteger(1, Arrays.copyOf(point, 32)).mod(Secp256k1Ecdsa.ORDER);
      byte[] digest = word(random);
      BigInteger s =
          new BigInteger(1, digest)
              .multiply(k.modInverse(Secp256k1Ecdsa.ORDER))
              .mod(Secp256k1Ecdsa.ORDER);
      int id = point[63] & 1;

      assertThat(agreed(digest, signature(r, s), id)).as("seed %d, %d", SEED + 2, i).isFalse();
      byte[] whole = Arrays.copyOf(signature(r, s), 65);
      whole[64] = (byte) (27 + id);
      assertThat(SignatureRecovery.recover(Hash32.of(digest), whole)).isEmpty();
    }
  }

  private boolean agreed(byte[] digest, byte[] signature, int id) {
    Optional<String> byLibrary =
        nativeLibrary.recover(digest, signature, id).map(HexFormat.of()::formatHex);
    assertThat(byLibrary)
        .as("%s, %d", HexFormat.of().formatHex(signature), id)
        .isEqualTo(bouncyCastle.recover(digest, signature, id).map(HexFormat.of()::formatHex));
    return byLibrary.isPresent();
  }

  private static byte[] signature(BigInteger r, BigInteger s) {
    byte[] signature = Arrays.copyOf(word(r), Secp256k1Port.SIGNATURE_BYTES);
    System.arraycopy(word(s), 0, signature, 32, 32);
    return signature;
  }

  private static byte[] word(BigInteger value) {
    return HexFormat.of().parseHex("%064x".formatted(value));
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
