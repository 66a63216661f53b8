package org.earnest.credentials.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EcdsaKeyTest {
  private static final byte[] MESSAGE = "sample".getBytes(StandardCharsets.UTF_8);

  /** RFC 6979 §A.2.5, with SHA-256, message "sample". */
  @Test
  void signsAsTheRfcDoes() {
    byte[] secret =
        HexFormat.of().parseHex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    LocalSigner signer = LocalSigner.didKey(KeyType.P256, secret);
    assertThat(HexFormat.of().formatHex(signer.sign(MESSAGE)))
        .isEqualTo(
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384"})
  void onlyTheKeysOwnSignatureVerifies(KeyType type) {
    LocalSigner signer = LocalSigner.randomDidKey(type);
    VerificationKey key = VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow();
    byte[] signature = signer.sign(MESSAGE);
    assertThat(key.verifies(MESSAGE, signature)).isTrue();
    assertThat(key.verifies(new byte[0], signature)).isFalse();
    VerificationKey other =
        VerificationKey.parse(LocalSigner.randomDidKey(type).publicKeyMultibase()).orElseThrow();
    assertThat(other.verifies(MESSAGE, signature)).isFalse();
    byte[] zero = new byte[signature.length];
    byte[] order = new byte[signature.length];
    byte[] n = org.bouncycastle.util.BigIntegers.asUnsignedByteArray(Curves.of(type).getN());
    System.arraycopy(n, 0, order, 0, n.length);
    System.arraycopy(n, 0, order, n.length, n.length);
    for (byte[] wrong :
        List.of(
            zero,
            order,
            Arrays.copyOf(signature, signature.length - 1),
            Arrays.copyOf(signature, signature.length + 1))) {
      assertThat(key.verifies(MESSAGE, wrong)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384"})
  void onlyCompressedPointsOfTheCurveAreKeys(KeyType type) {
    assertThat(VerificationKey.of(type, new byte[type.publicBytes()])).isEmpty();
    byte[] offCurve = new byte[type.publicBytes()];
    Arrays.fill(offCurve, (byte) 0xff);
    offCurve[0] = 2;
    assertThat(VerificationKey.of(type, offCurve)).isEmpty();
    assertThat(VerificationKey.of(type, new byte[] {0})).isEmpty();
    byte[] uncompressed = Curves.of(type).getG().getEncoded(false);
    assertThat(VerificationKey.of(type, uncompressed)).isEmpty();
    assertThat(VerificationKey.of(type, Curves.of(type).getG().getEncoded(true))).isPresent();
  }

  @Test
  void aSecretIsAScalarOfTheCurve() {
    for (BigInteger scalar : List.of(BigInteger.ZERO, Curves.of(KeyType.P256).getN())) {
      byte[] secret =
          org.bouncycastle.util.BigIntegers.asUnsignedByteArray(KeyType.P256.secretBytes(), scalar);
      assertThatThrownBy(() -> LocalSigner.didKey(KeyType.P256, secret))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
