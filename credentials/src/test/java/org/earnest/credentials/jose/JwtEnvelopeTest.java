package org.earnest.credentials.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.Refusals.assertRefused;

import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Securing Verifiable Credentials using JOSE and COSE, and RFC 8725, through the whole verifier.
 */
class JwtEnvelopeTest {
  private final LocalSigner signer = LocalSigner.didKey(KeyType.ED25519, new byte[32]);

  private static CredentialVerifier verifier(LocalSigner issuer) {
    var resolver =
        new InMemoryDidResolver()
            .with(
                CredentialFixture.document(
                    issuer.verificationMethod(),
                    issuer.publicKeyMultibase(),
                    VerificationRelationship.ASSERTION_METHOD));
    return CredentialVerifier.builder(resolver, AgentContext.known(), CLOCK)
        .envelopes(new Envelopes(List.of(JwtEnvelope.CREDENTIAL)))
        .build();
  }

  private static ObjectNode credential(LocalSigner issuer) {
    return CredentialFixture.unsecured().put("issuer", issuer.verificationMethod().did().value());
  }

  private static byte[] enveloped(String jwt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context").add("https://www.w3.org/ns/credentials/v2");
    json.put("type", "EnvelopedVerifiableCredential");
    json.put("id", "data:application/vc+jwt," + jwt);
    return CredentialFixture.bytes(json);
  }

  private VerificationOutcome verify(String jwt) {
    return verifier(signer).verify(enveloped(jwt));
  }

  /** Signed by the issuer's key over whatever header and claims. */
  private String signed(Consumer<ObjectNode> header, Consumer<ObjectNode> claims) {
    ObjectNode head =
        JsonNodeFactory.instance
            .objectNode()
            .put("alg", "EdDSA")
            .put("typ", "vc+jwt")
            .put("kid", signer.verificationMethod().toString());
    header.accept(head);
    ObjectNode payload = credential(signer);
    claims.accept(payload);
    String input =
        text(head.toString().getBytes(UTF_8)) + "." + text(payload.toString().getBytes(UTF_8));
    return input + "." + text(signer.sign(input.getBytes(UTF_8)));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void whatIsSealedIsVerified(KeyType type) throws Exception {
    LocalSigner issuer = LocalSigner.randomDidKey(type);
    String jwt = JwtEnvelope.CREDENTIAL.seal(credential(issuer), issuer);
    assertThat(verifier(issuer).verify(enveloped(jwt)))
        .isInstanceOfSatisfying(
            VerificationOutcome.Verified.class,
            verified ->
                assertThat(verified.credential().issuer())
                    .isEqualTo(issuer.verificationMethod().did()));
    assertRefused(verify(jwt), CredentialRefusal.ISSUER_NOT_RESOLVED);
  }

  /** It would be shown with what was verified, though nobody looked at it. */
  @Test
  void aProofWithinTheEnvelopeIsRefused() {
    assertRefused(
        verify(signed(head -> {}, claims -> claims.putObject("proof").put("type", "Other"))),
        CredentialRefusal.PROOF_MALFORMED);
  }

  @Test
  void theHelperOfTheseTestsSignsAsTheIssuerDoes() {
    assertThat(verify(signed(head -> {}, claims -> {})))
        .isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(verify(signed(head -> head.put("alg", "Ed25519").put("cty", "vc"), claims -> {})))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  /** RFC 7515 §4.1.9: a type without a slash is the one with {@code application/} before it. */
  @Test
  void theWholeMediaTypeIsTheSameType() {
    assertThat(verify(signed(head -> head.put("typ", "application/vc+jwt"), claims -> {})))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"alg\":\"none\"} | PROOF_UNSUPPORTED",
        "{\"alg\":\"None\"} | PROOF_UNSUPPORTED",
        "{\"alg\":\"HS256\"} | PROOF_UNSUPPORTED",
        "{\"alg\":\"HS512\"} | PROOF_UNSUPPORTED",
        "{\"alg\":\"RS256\"} | PROOF_UNSUPPORTED",
        "{\"alg\":\"ES256K\"} | PROOF_UNSUPPORTED",
        "{\"alg\":null} | PROOF_UNSUPPORTED",
        "{\"alg\":[\"EdDSA\"]} | PROOF_UNSUPPORTED",
        "{\"alg\":\"ES256\"} | KEY_UNSUPPORTED",
        "{\"alg\":\"ES384\"} | PROOF_MALFORMED",
        "{\"typ\":\"JWT\"} | PROOF_UNSUPPORTED",
        "{\"typ\":\"VC+JWT\"} | PROOF_UNSUPPORTED",
        "{\"typ\":\"application/VC+JWT\"} | PROOF_UNSUPPORTED",
        "{\"typ\":\"application/application/vc+jwt\"} | PROOF_UNSUPPORTED",
        "{\"typ\":\"application/vp+jwt\"} | PROOF_UNSUPPORTED",
        "{\"typ\":\"/vc+jwt\"} | PROOF_UNSUPPORTED",
        "{\"typ\":\"vp+jwt\"} | PROOF_UNSUPPORTED",
        "{\"typ\":null} | PROOF_UNSUPPORTED",
        "{\"crit\":[\"exp\"]} | PROOF_UNSUPPORTED",
        "{\"crit\":[]} | PROOF_UNSUPPORTED",
        "{\"b64\":false,\"crit\":[\"b64\"]} | PROOF_UNSUPPORTED",
        "{\"jwk\":{\"kty\":\"OKP\"}} | PROOF_UNSUPPORTED",
        "{\"jku\":\"https://keys.example\"} | PROOF_UNSUPPORTED",
        "{\"x5u\":\"https://keys.example\"} | PROOF_UNSUPPORTED",
        "{\"x5c\":[\"MII\"]} | PROOF_UNSUPPORTED",
        "{\"kid\":null} | PROOF_MALFORMED",
        "{\"kid\":\"key-1\"} | PROOF_MALFORMED",
        "{\"kid\":\"did:example:a\"} | PROOF_MALFORMED",
        "{\"kid\":\"did:example:a?x=1#key\"} | PROOF_MALFORMED",
        "{\"kid\":\"did:example:somebody#key-1\"} | ISSUER_MISMATCH",
        "{\"cty\":\"JWT\"} | PROOF_MALFORMED"
      })
  void aHeaderThatChoosesItsOwnRulesIsRefused(String members, CredentialRefusal refusal) {
    ObjectNode changed = (ObjectNode) JsonMapper.shared().readTree(members);
    assertRefused(verify(signed(head -> head.setAll(changed), claims -> {})), refusal);
  }

  /** The public key as the secret of a MAC: the oldest confusion of algorithms. */
  @Test
  void thePublicKeyIsNoSecret() throws Exception {
    String jwt = signed(head -> head.put("alg", "HS256"), claims -> {});
    String input = jwt.substring(0, jwt.lastIndexOf('.'));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(signer.publicKeyMultibase().getBytes(UTF_8), "HmacSHA256"));
    assertRefused(
        verify(input + "." + text(mac.doFinal(input.getBytes(UTF_8)))),
        CredentialRefusal.PROOF_UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"vc\":{}} | PROOF_MALFORMED",
        "{\"vp\":{}} | PROOF_MALFORMED",
        "{\"iss\":\"did:example:other\"} | PROOF_MALFORMED",
        "{\"sub\":\"did:example:other\"} | PROOF_MALFORMED",
        "{\"jti\":\"urn:other\"} | PROOF_MALFORMED",
        "{\"exp\":\"tomorrow\"} | PROOF_MALFORMED",
        "{\"nbf\":-1} | PROOF_MALFORMED",
        "{\"exp\":1000} | EXPIRED",
        "{\"nbf\":4000000000} | NOT_YET_VALID",
        "{\"iat\":4000000000} | NOT_YET_VALID"
      })
  void claimsThatContradictTheDocumentAreRefused(String members, CredentialRefusal refusal) {
    ObjectNode changed = (ObjectNode) JsonMapper.shared().readTree(members);
    assertRefused(verify(signed(head -> {}, claims -> claims.setAll(changed))), refusal);
  }

  @Test
  void claimsThatAgreeAreNoPartOfTheCredential() {
    String jwt =
        signed(
            head -> {},
            claims ->
                claims
                    .put("iss", signer.verificationMethod().did().value())
                    .put("sub", CredentialFixture.SUBJECT.value())
                    .put("iat", NOW.getEpochSecond())
                    .put("exp", NOW.getEpochSecond() + 60));
    assertThat(verify(jwt))
        .isInstanceOfSatisfying(
            VerificationOutcome.Verified.class,
            verified ->
                assertThat(verified.credential().json().propertyNames())
                    .doesNotContain("iss", "sub", "iat", "exp"));
  }

  @Test
  void aChangedJwtIsRefused() {
    String jwt = signed(head -> {}, claims -> {});
    String[] parts = jwt.split("\\.", -1);
    String other = text(credential(signer).put("name", "another").toString().getBytes(UTF_8));
    assertRefused(verify(parts[0] + "." + other + "." + parts[2]), CredentialRefusal.PROOF_INVALID);
    assertRefused(
        verify(parts[0] + "." + parts[1] + "." + text(new byte[64])),
        CredentialRefusal.PROOF_INVALID);
    assertRefused(verify(parts[0] + "." + parts[1] + "."), CredentialRefusal.PROOF_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "e30.e30.e30", "e30=.e30.e30", "é.é.é"})
  void whatIsNoJwtIsRefused(String text) {
    assertThat(verify(text)).isInstanceOf(VerificationOutcome.Refused.class);
  }

  /** The same bytes have other spellings; only one of them is a signature's. */
  @Test
  void aSignatureHasOneSpelling() {
    String jwt = signed(head -> {}, claims -> {});
    char last = jwt.charAt(jwt.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char spare = alphabet.charAt(alphabet.indexOf(last) + 1);
    assertRefused(
        verify(jwt.substring(0, jwt.length() - 1) + spare), CredentialRefusal.PROOF_MALFORMED);
    assertRefused(verify(jwt + "=="), CredentialRefusal.PROOF_MALFORMED);
    assertRefused(verify(jwt + "\n"), CredentialRefusal.PROOF_MALFORMED);
  }

  @Test
  void aHeaderOrPayloadWithADuplicateKeyIsRefused() {
    String jwt = signed(head -> {}, claims -> {});
    String[] parts = jwt.split("\\.", -1);
    String twice =
        text(
            ("{\"alg\":\"none\",\"alg\":\"EdDSA\",\"typ\":\"vc+jwt\",\"kid\":\""
                    + signer.verificationMethod()
                    + "\"}")
                .getBytes(UTF_8));
    String input = twice + "." + parts[1];
    assertRefused(
        verify(input + "." + text(signer.sign(input.getBytes(UTF_8)))),
        CredentialRefusal.MALFORMED_JSON);
    String payload =
        parts[0]
            + "."
            + text("{\"issuer\":\"did:example:a\",\"issuer\":\"did:example:b\"}".getBytes(UTF_8));
    assertRefused(
        verify(payload + "." + text(signer.sign(payload.getBytes(UTF_8)))),
        CredentialRefusal.MALFORMED_JSON);
  }

  @Test
  void anEnvelopeOfAnUnknownKindIsRefused() {
    String jwt = signed(head -> {}, claims -> {});
    byte[] other =
        new String(enveloped(jwt), UTF_8)
            .replace("application/vc+jwt", "application/jwt")
            .getBytes(UTF_8);
    assertRefused(verifier(signer).verify(other), CredentialRefusal.PROOF_UNSUPPORTED);
  }
}
