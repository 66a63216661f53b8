package org.earnest.credentials.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.multibase.Multibase;
import com.apicatalog.multicodec.codec.KeyCodec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Ed25519KeyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int BYTES = 32;
  private static final byte[] MESSAGE = "terms".getBytes(StandardCharsets.UTF_8);

  // The order of the group (RFC 8032 §5.1).
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** RFC 8032 §7.1, test 2. */
  @Test
  void signsAsTheRfcDoes() {
    LocalSigner signer =
        LocalSigner.didKey(
            KeyType.ED25519,
            HEX.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    assertThat(HEX.formatHex(signer.sign(new byte[] {0x72})))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertThat(
            VerificationKey.parse(signer.publicKeyMultibase())
                .orElseThrow()
                .verifies(new byte[] {0x72}, signer.sign(new byte[] {0x72})))
        .isTrue();
  }

  @Test
  void aSignatureHasOneForm() {
    LocalSigner signer = LocalSigner.randomDidKey(KeyType.ED25519);
    VerificationKey key = VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow();
    byte[] signature = signer.sign(MESSAGE);
    byte[] highS = signature.clone();
    byte[] s = reversed(littleEndian(signature).add(ORDER).toByteArray());
    System.arraycopy(s, 0, highS, BYTES, Math.min(s.length, BYTES));
    assertThat(key.verifies(MESSAGE, signature)).isTrue();
    assertThat(key.verifies(MESSAGE, highS)).isFalse();
    assertThat(key.verifies(MESSAGE, java.util.Arrays.copyOf(signature, 63))).isFalse();
    assertThat(key.verifies(MESSAGE, java.util.Arrays.copyOf(signature, 65))).isFalse();
  }

  private static BigInteger littleEndian(byte[] signature) {
    return new BigInteger(1, reversed(java.util.Arrays.copyOfRange(signature, BYTES, 2 * BYTES)));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @Test
  void refusesPointsOfSmallOrderAndOtherSpellings() {
    List<String> smallOrder =
        List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    for (String point : smallOrder) {
      assertThat(VerificationKey.parse(Ed25519Key.multibase(HEX.parseHex(point))))
          .as(point)
          .isEmpty();
    }
    String good = LocalSigner.randomDidKey(KeyType.ED25519).publicKeyMultibase();
    byte[] decoded = Multibase.BASE_58_BTC.decode(good);
    for (String other :
        List.of(
            "",
            "z",
            good.substring(1),
            "z1" + good.substring(1),
            good + "1",
            good + " ",
            "z0" + good.substring(2),
            "z" + "2".repeat(5_000),
            Multibase.BASE_64_URL.encode(decoded),
            Multibase.BASE_16.encode(decoded),
            Multibase.BASE_58_BTC.encode(KeyCodec.P256_PUBLIC_KEY.encode(new byte[BYTES])))) {
      assertThat(VerificationKey.parse(other)).as(other).isEmpty();
    }
    assertThat(VerificationKey.parse(good)).isPresent();
  }

  @Test
  void theSecretShowsNowhere() {
    byte[] secret = HEX.parseHex("11".repeat(BYTES));
    LocalSigner signer = LocalSigner.didKey(KeyType.ED25519, secret);
    assertThat(signer.toString()).doesNotContain("1111").contains(signer.publicKeyMultibase());
    secret[0] = 0;
    assertThat(signer.sign(MESSAGE))
        .isEqualTo(
            LocalSigner.didKey(KeyType.ED25519, HEX.parseHex("11".repeat(BYTES))).sign(MESSAGE));
    assertThatThrownBy(() -> LocalSigner.didKey(KeyType.ED25519, new byte[BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
