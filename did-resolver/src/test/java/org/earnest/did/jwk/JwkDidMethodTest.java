package org.earnest.did.jwk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;
import org.earnest.did.DidMethodContract;
import org.earnest.did.key.PublicKeyMultibase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwkDidMethodTest extends DidMethodContract {
  private static final String X25519 =
      "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"use\":\"enc\","
          + "\"x\":\"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08\"}";
  private static final String P256 =
      "{\"crv\":\"P-256\",\"kty\":\"EC\","
          + "\"x\":\"acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0\","
          + "\"y\":\"_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE\"}";

  private static String did(String jwk) {
    return "did:jwk:" + Base64.getUrlEncoder().withoutPadding().encodeToString(jwk.getBytes(UTF_8));
  }

  @Override
  protected DidMethod method() {
    return new JwkDidMethod();
  }

  @Override
  protected List<String> valid() {
    return List.of(did(P256), did(X25519));
  }

  @Override
  protected List<String> malformed() {
    return List.of(
        "did:jwk:abc",
        "did:jwk:%20",
        did("[]"),
        did("{}"),
        did("{\"kty\":1}"),
        did(P256 + " x"),
        did(P256.replace("}", ",\"kty\":\"EC\"}")),
        did(P256.replace("}", ",\"d\":\"AA\"}")),
        did(P256.replace("\"x\":\"ac", "\"x\":\"bc")),
        did(P256.replace("V0\"", "V1\"")),
        did(X25519.replace("K08", "K0")),
        did(X25519.replace("3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08", "A".repeat(43))),
        did("{\"kty\":\"EC\",\"crv\":\"P-256\"}"),
        did("{\"a\":".repeat(100) + "1" + "}".repeat(100)));
  }

  /** The examples of the method's specification. */
  @Test
  void theKeyMayDoWhatItsUseSays() {
    DidDocument all = resolved(method().resolve(new Did(did(P256))));
    assertThat(all.relationships()).containsOnlyKeys(VerificationRelationship.values());
    DidDocument enc = resolved(method().resolve(new Did(did(X25519))));
    assertThat(enc.relationships()).containsOnlyKeys(VerificationRelationship.KEY_AGREEMENT);
    DidDocument sig =
        resolved(method().resolve(new Did(did(P256.replace("}", ",\"use\":\"sig\"}")))));
    assertThat(sig.relationships())
        .hasSize(4)
        .doesNotContainKey(VerificationRelationship.KEY_AGREEMENT);
    assertThat(all.verificationMethods().getFirst().id()).hasToString(did(P256) + "#0");
  }

  @Test
  void theJwkIsPassedOnAsItWas() {
    assertThat(method().resolve(new Did(did(P256))))
        .isInstanceOfSatisfying(
            DidResolution.Resolved.class,
            resolved ->
                assertThat(resolved.published().orElseThrow()).contains("JsonWebKey2020", P256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F",
        "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
        "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
        "z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9"
      })
  void everyKindOfKeySurvives(String multibase) {
    Did did = JwkDidMethod.didOf(PublicKeyMultibase.parse(multibase));
    assertThat(resolved(method().resolve(did)).verificationMethods())
        .containsExactly(new VerificationMethod.Multikey(did.fragment("0"), did, multibase));
  }

  @Test
  void otherKindsOfKeyAreNamedAsNotSupported() {
    for (String jwk :
        List.of("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", "{\"kty\":\"x\"}")) {
      assertThat(method().resolve(new Did(did(jwk))))
          .isInstanceOfSatisfying(
              DidResolution.Refused.class,
              refused -> assertThat(refused.error()).isEqualTo(ErrorType.FEATURE_NOT_SUPPORTED));
    }
  }
}
