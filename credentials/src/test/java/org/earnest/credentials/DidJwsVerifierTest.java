package org.earnest.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.jose.JwsWriter;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A signature without a type is believed for the DIDs that were named, by a key that may assert.
 */
class DidJwsVerifierTest {
  private final LocalSigner seller = LocalSigner.didKey(KeyType.ED25519, new byte[32]);
  private final LocalSigner stranger = LocalSigner.randomDidKey(KeyType.ED25519);
  private final Set<Did> named = Set.of(did(seller));

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void itsOwnKeySigns(KeyType type) {
    LocalSigner signer = LocalSigner.randomDidKey(type);

    assertThat(verifier(signer).isSignedBy(Set.of(did(signer)), signed(signer))).isTrue();
  }

  @Test
  void nobodyElseSignsForIt() {
    String kid = seller.verificationMethod().toString();

    assertThat(isSigned(signed(stranger))).as("not named").isFalse();
    assertThat(isSigned(signed(stranger, header -> header.put("kid", kid)))).isFalse();
    assertThat(verifier(stranger).isSignedBy(named, signed(seller))).as("no document").isFalse();
    DidJwsVerifier elsewhere =
        new DidJwsVerifier(documents(seller, VerificationRelationship.AUTHENTICATION));
    assertThat(elsewhere.isSignedBy(named, signed(seller))).as("no assertion").isFalse();
  }

  @Test
  void whatWasSignedAsSomethingElseIsNone() {
    String credential = JwsWriter.sign(payload(), "vc+jwt", Optional.empty(), seller);

    assertThat(isSigned(credential)).isFalse();
    assertThat(isSigned(signed(seller, header -> header.put("typ", "JWT")))).isFalse();
    assertThat(isSigned(signed(seller, header -> header.put("jku", "https://evil.example"))))
        .isFalse();
    assertThat(isSigned(signed(seller, header -> header.put("alg", "none")))).isFalse();
    assertThat(isSigned(signed(seller, header -> header.remove("kid")))).isFalse();
    assertThat(isSigned(signed(seller).replace(".", ".e30."))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "e30.e30.", "e30.e30.e30", "[].{}.x", "a.b.c.d"})
  void whatIsNoSignatureIsNone(String text) {
    assertThat(isSigned(text)).isFalse();
  }

  private boolean isSigned(String jws) {
    return verifier(seller).isSignedBy(named, jws);
  }

  private static DidJwsVerifier verifier(LocalSigner signer) {
    return new DidJwsVerifier(documents(signer, VerificationRelationship.ASSERTION_METHOD));
  }

  private static InMemoryDidResolver documents(
      LocalSigner signer, VerificationRelationship purpose) {
    return new InMemoryDidResolver()
        .with(
            CredentialFixture.document(
                signer.verificationMethod(), signer.publicKeyMultibase(), purpose));
  }

  private static Did did(LocalSigner signer) {
    return signer.verificationMethod().did();
  }

  private static ObjectNode payload() {
    return JsonNodeFactory.instance.objectNode().put("amount", "1000");
  }

  private static String signed(LocalSigner signer) {
    return signed(signer, unchanged -> {});
  }

  private static String signed(LocalSigner signer, Consumer<ObjectNode> change) {
    ObjectNode header =
        JsonNodeFactory.instance
            .objectNode()
            .put("alg", signer.jwsAlgorithm())
            .put("kid", signer.verificationMethod().toString());
    change.accept(header);
    String input = text(header.toString()) + "." + text(payload().toString());
    return input
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(signer.sign(input.getBytes(UTF_8)));
  }

  private static String text(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
