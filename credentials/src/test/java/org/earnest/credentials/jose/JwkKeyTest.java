package org.earnest.credentials.jose;

import static org.assertj.core.api.Assertions.assertThat;

import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JwkKeyTest {
  private static ObjectNode jwk(KeyType type) {
    String multibase = LocalSigner.randomDidKey(type).publicKeyMultibase();
    return JwkKey.of(VerificationKey.parse(multibase).orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void aKeyComesBackAsItWas(KeyType type) {
    for (int i = 0; i < 8; i++) {
      String multibase = LocalSigner.randomDidKey(type).publicKeyMultibase();
      ObjectNode jwk = JwkKey.of(VerificationKey.parse(multibase).orElseThrow());
      assertThat(JwkKey.parse(jwk).map(VerificationKey::multibase)).contains(multibase);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void aSecretOrAnotherKindIsNoPublicKey(KeyType type) {
    assertThat(JwkKey.parse(jwk(type).put("d", "AA"))).isEmpty();
    assertThat(JwkKey.parse(jwk(type).put("kty", "oct"))).isEmpty();
    assertThat(JwkKey.parse(jwk(type).put("crv", "secp256k1"))).isEmpty();
    assertThat(JwkKey.parse(jwk(type).put("x", jwk(type).path("x").stringValue() + "AA")))
        .isEmpty();
  }

  @Test
  void aPointMustBeOnItsCurve() {
    ObjectNode one = jwk(KeyType.P256);
    ObjectNode other = jwk(KeyType.P256);
    one.set("y", other.get("y"));
    assertThat(JwkKey.parse(one)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "7", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}"})
  void whatIsNoKeyIsNone(String json) {
    assertThat(JwkKey.parse(JsonMapper.shared().readTree(json))).isEmpty();
  }
}
