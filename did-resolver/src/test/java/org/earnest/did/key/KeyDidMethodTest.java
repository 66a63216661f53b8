package org.earnest.did.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;
import org.earnest.did.DidMethodContract;
import org.junit.jupiter.api.Test;

class KeyDidMethodTest extends DidMethodContract {
  private static final String ED25519 = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
  private static final String X25519 = "z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F";
  private static final int KEY_BYTES = 32;

  @Override
  protected DidMethod method() {
    return new KeyDidMethod();
  }

  @Override
  protected List<String> valid() {
    return List.of(
        "did:key:" + ED25519,
        "did:key:" + X25519,
        "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
        "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
        "did:key:z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9");
  }

  @Override
  protected List<String> malformed() {
    byte[] identity = new byte[KEY_BYTES];
    identity[0] = 1;
    return List.of(
        "did:key:" + ED25519.substring(1),
        "did:key:u7QEuJgEGJ6LmhBQ2VT2Yqo",
        "did:key:z" + "1" + ED25519.substring(1),
        "did:key:" + ED25519 + "1",
        "did:key:1.1:" + ED25519,
        "did:key:z" + "2".repeat(2_000),
        "did:key:z0OIl",
        "did:key:" + ed25519Text(new byte[KEY_BYTES]),
        "did:key:" + ed25519Text(identity),
        "did:key:" + ed25519Text(new byte[KEY_BYTES - 1]));
  }

  private static String ed25519Text(byte[] key) {
    return Multibase.BASE_58_BTC.encode(PublicKeyType.ED25519.codec().encode(key));
  }

  @Test
  void theKeyIsItsOwnFragmentAndSignsEverything() {
    Did did = new Did("did:key:" + ED25519);
    DidUrl id = DidUrl.parse(did + "#" + ED25519);
    DidDocument document = resolved(method().resolve(did));
    assertThat(document.verificationMethods())
        .containsExactly(new VerificationMethod.Multikey(id, did, ED25519));
    assertThat(document.relationships())
        .containsOnlyKeys(
            VerificationRelationship.AUTHENTICATION,
            VerificationRelationship.ASSERTION_METHOD,
            VerificationRelationship.CAPABILITY_INVOCATION,
            VerificationRelationship.CAPABILITY_DELEGATION)
        .allSatisfy((relationship, ids) -> assertThat(ids).isEqualTo(Set.of(id)));
  }

  @Test
  void anAgreementKeyCannotSign() {
    assertThat(resolved(method().resolve(new Did("did:key:" + X25519))).relationships())
        .containsOnlyKeys(VerificationRelationship.KEY_AGREEMENT);
  }

  @Test
  void aKeyMakesItsDidAndTheDidGivesTheKeyBack() {
    PublicKeyMultibase key = PublicKeyMultibase.parse(ED25519);
    assertThat(key.type()).isEqualTo(PublicKeyType.ED25519);
    assertThat(PublicKeyMultibase.of(key.type(), key.key())).isEqualTo(key);
    assertThat(KeyDidMethod.didOf(key)).isEqualTo(new Did("did:key:" + ED25519));
  }

  /** As the agreement itself says, with any secret: RFC 7748's check, which takes longer. */
  @Test
  void keysWithWhichEveryAgreementIsZeroAreRefused() {
    List<String> keys =
        List.of(
            "00".repeat(KEY_BYTES),
            "01" + "00".repeat(KEY_BYTES - 1),
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "09" + "00".repeat(KEY_BYTES - 1));
    for (String hex : keys) {
      byte[] key = HexFormat.of().parseHex(hex);
      boolean agrees =
          org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
              new byte[KEY_BYTES], 0, key, 0, new byte[KEY_BYTES], 0);
      assertThat(PublicKeyType.X25519.isValid(key)).as(hex).isEqualTo(agrees);
    }
    assertThat(keys.stream().filter(hex -> isSafe(hex)).toList()).hasSize(2);
  }

  private static boolean isSafe(String hex) {
    return PublicKeyType.X25519.isValid(HexFormat.of().parseHex(hex));
  }
}
