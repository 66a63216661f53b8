package org.earnest.did.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
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
}
