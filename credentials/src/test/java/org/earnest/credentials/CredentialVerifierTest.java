package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.Refusals.assertRefused;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CredentialVerifierTest {
  private static final long SEED = 20261121;
  private final CredentialFixture fixture = new CredentialFixture();

  private VerificationOutcome verify(ObjectNode credential) {
    return fixture.verifier().verify(bytes(credential));
  }

  /** Signed by the issuer, so that only the rule under test can refuse it. */
  private void assertSignedRefused(
      Consumer<ObjectNode> document, CredentialRefusal refusal, Stage stage) {
    assertRefused(verify(fixture.signed(document, proof -> {})), refusal, stage);
  }

  private void assertProofRefused(Consumer<ObjectNode> proof, CredentialRefusal refusal) {
    assertRefused(verify(fixture.signed(document -> {}, proof)), refusal, Stage.SHAPE);
  }

  private static Consumer<ObjectNode> edited(Consumer<ObjectNode> edit) {
    return edit;
  }

  @Test
  void acceptsWhatTheIssuerIssued() {
    assertThat(verify(fixture.issued()))
        .isInstanceOfSatisfying(
            VerificationOutcome.Verified.class,
            verified -> {
              assertThat(verified.credential().issuer()).isEqualTo(fixture.issuer);
              assertThat(verified.credential().verifiedAt()).isEqualTo(NOW);
              assertThat(verified.credential().json()).isEqualTo(fixture.issued());
              assertThat(verified.checks())
                  .extracting(VerificationCheck::stage)
                  .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(Stage.CREDENTIALS)));
              assertThat(verified.checks()).allMatch(VerificationCheck::passed);
            });
  }

  @Test
  void everyChangedByteIsNoticed() {
    byte[] credential = bytes(fixture.issued());
    Random random = new Random(SEED);
    for (int at = 0; at < credential.length; at++) {
      byte[] changed = credential.clone();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      assertThat(fixture.verifier().verify(changed))
          .as("seed %d, byte %d", SEED, at)
          .isInstanceOf(VerificationOutcome.Refused.class);
    }
  }

  @Test
  void everyTruncationIsNoticed() {
    byte[] credential = bytes(fixture.issued());
    for (int length = 0; length < credential.length; length++) {
      assertThat(fixture.verifier().verify(Arrays.copyOf(credential, length)))
          .isInstanceOf(VerificationOutcome.Refused.class);
    }
  }

  @Test
  void aChangedClaimFailsTheProof() {
    ObjectNode changed = fixture.issued();
    ((ObjectNode) changed.get("credentialSubject")).put("id", "did:example:thief");
    assertRefused(verify(changed), CredentialRefusal.PROOF_INVALID, Stage.PROOF);
    ObjectNode added = fixture.issued();
    added.put("name", "Honest agent");
    assertRefused(verify(added), CredentialRefusal.PROOF_INVALID, Stage.PROOF);
    ObjectNode redated = fixture.issued();
    ((ObjectNode) redated.get("proof")).put("created", "2026-01-01T00:00:00Z");
    assertRefused(verify(redated), CredentialRefusal.PROOF_INVALID, Stage.PROOF);
  }

  @Test
  void aDuplicateKeyIsRefusedBeforeAnythingElse() {
    String credential =
        new String(bytes(fixture.issued()), java.nio.charset.StandardCharsets.UTF_8);
    String doubled = "{\"issuer\":\"did:example:other\"," + credential.substring(1);
    assertRefused(
        fixture.verifier().verify(doubled.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        CredentialRefusal.MALFORMED_JSON,
        Stage.JSON);
  }

  @Test
  void contextsMustBeKnownAndInOrder() {
    Consumer<ObjectNode> unknown = json -> json.withArray("@context").add("https://evil.example/c");
    assertSignedRefused(unknown, CredentialRefusal.UNKNOWN_CONTEXT, Stage.SHAPE);
    Consumer<ObjectNode> inline =
        json -> json.withArray("@context").addObject().put("capability", "https://evil.example/x");
    assertSignedRefused(inline, CredentialRefusal.UNKNOWN_CONTEXT, Stage.SHAPE);
    Consumer<ObjectNode> inner =
        json ->
            ((ObjectNode) json.get("credentialSubject")).put("@context", "https://evil.example/c");
    assertSignedRefused(inner, CredentialRefusal.UNKNOWN_CONTEXT, Stage.SHAPE);
    Consumer<ObjectNode> unordered = json -> json.withArray("@context").remove(0);
    assertSignedRefused(unordered, CredentialRefusal.INVALID_CREDENTIAL, Stage.SHAPE);
    Consumer<ObjectNode> none = json -> json.remove("@context");
    assertSignedRefused(none, CredentialRefusal.INVALID_CREDENTIAL, Stage.SHAPE);
    ObjectNode appended = fixture.issued();
    appended.withArray("@context").add("https://evil.example/c");
    assertRefused(verify(appended), CredentialRefusal.UNKNOWN_CONTEXT, Stage.SHAPE);
  }

  @Test
  void theShapeIsThatOfTheDataModel() {
    for (Consumer<ObjectNode> edit :
        List.of(
            edited(json -> json.remove("type")),
            edited(json -> json.put("type", "AgentCapabilityCredential")),
            edited(json -> json.putArray("type").add("VerifiableCredential").add(1)),
            edited(json -> json.remove("credentialSubject")),
            edited(json -> json.putObject("credentialSubject")),
            edited(json -> json.putArray("credentialSubject")),
            edited(json -> json.put("credentialSubject", "did:example:subject")),
            edited(json -> json.putObject("credentialSubject").put("id", "no url")),
            edited(json -> json.put("id", "no url")),
            edited(json -> json.put("id", 1)),
            edited(json -> json.put("issuer", "https://issuer.example")),
            edited(json -> json.put("issuer", 1)),
            edited(json -> json.putObject("issuer").put("name", "Nobody")),
            edited(json -> json.putNull("issuer")),
            edited(json -> json.put("validFrom", "2026-11-20T12:00:00")),
            edited(json -> json.put("validFrom", "2026-02-30T12:00:00Z")),
            edited(json -> json.put("validUntil", 1795219200)),
            edited(json -> json.put("validUntil", "2026-11-19T12:00:00Z")),
            edited(json -> json.putObject("termsOfUse").put("id", "https://terms.example")),
            edited(json -> json.put("evidence", "trust me")))) {
      assertSignedRefused(edit, CredentialRefusal.INVALID_CREDENTIAL, Stage.SHAPE);
    }
  }

  @Test
  void onlyTheAllowedKindOfProofIsJudged() {
    for (Consumer<ObjectNode> edit :
        List.of(
            edited(proof -> proof.put("type", "Ed25519Signature2020")),
            edited(proof -> proof.remove("type")),
            edited(proof -> proof.put("cryptosuite", "eddsa-2022")),
            edited(proof -> proof.put("cryptosuite", "none")),
            edited(proof -> proof.remove("cryptosuite")),
            edited(proof -> proof.put("proofPurpose", "authentication")),
            edited(proof -> proof.remove("proofPurpose")))) {
      assertProofRefused(edit, CredentialRefusal.PROOF_UNSUPPORTED);
    }
    ObjectNode without = fixture.issued();
    without.remove("proof");
    assertRefused(verify(without), CredentialRefusal.PROOF_MISSING, Stage.SHAPE);
  }

  @Test
  void theProofsMembersAreWellFormed() {
    for (Consumer<ObjectNode> edit :
        List.of(
            edited(proof -> proof.put("previousProof", "urn:uuid:1")),
            edited(proof -> proof.put("created", "yesterday")),
            edited(proof -> proof.put("created", "2026-11-21T12:00:00")),
            edited(proof -> proof.put("expires", 1)),
            edited(proof -> proof.put("verificationMethod", fixture.issuer.value())),
            edited(proof -> proof.put("verificationMethod", fixture.issuer + "?a=b#c")),
            edited(proof -> proof.put("verificationMethod", "https://issuer.example#key")),
            edited(proof -> proof.remove("verificationMethod")))) {
      assertProofRefused(edit, CredentialRefusal.PROOF_MALFORMED);
    }
  }

  @Test
  void aSignatureHasOneSpelling() {
    byte[] signature =
        com.apicatalog.multibase.Multibase.BASE_58_BTC.decode(
            fixture.issued().at("/proof/proofValue").stringValue());
    String text = com.apicatalog.multibase.Multibase.BASE_58_BTC.encode(signature);
    for (String other :
        List.of(
            "",
            text.substring(1),
            "z1" + text.substring(1),
            text + "1",
            "z0" + text.substring(2),
            "z" + "2".repeat(10_000),
            com.apicatalog.multibase.Multibase.BASE_64_URL.encode(signature),
            com.apicatalog.multibase.Multibase.BASE_16.encode(signature),
            java.util.Base64.getEncoder().encodeToString(signature))) {
      ObjectNode respelled = fixture.issued();
      ((ObjectNode) respelled.get("proof")).put("proofValue", other);
      assertRefused(verify(respelled), CredentialRefusal.PROOF_MALFORMED, Stage.SHAPE);
    }
  }

  @Test
  void theIssuerMustHaveADocument() {
    DidResolver unknown = new InMemoryDidResolver();
    assertRefused(
        fixture.verifier(unknown).verify(bytes(fixture.issued())),
        CredentialRefusal.ISSUER_NOT_RESOLVED,
        Stage.ISSUER);
    DidResolver broken =
        new InMemoryDidResolver().refusing(fixture.issuer, ErrorType.INTERNAL_ERROR);
    assertRefused(
        fixture.verifier(broken).verify(bytes(fixture.issued())),
        CredentialRefusal.ISSUER_UNAVAILABLE,
        Stage.ISSUER);
    assertThat(CredentialRefusal.ISSUER_UNAVAILABLE.retryable()).isTrue();
  }

  @Test
  void onlyTheIssuersOwnKeyCounts() {
    LocalSigner thief = LocalSigner.randomDidKey(KeyType.ED25519);
    Consumer<ObjectNode> othersKey =
        proof -> proof.put("verificationMethod", thief.verificationMethod().toString());
    assertRefused(
        verify(fixture.signed(json -> {}, othersKey)),
        CredentialRefusal.ISSUER_MISMATCH,
        Stage.KEY);
    Consumer<ObjectNode> bodyIsNotTheFragment =
        proof -> proof.put("verificationMethod", fixture.issuer + "#" + thief.publicKeyMultibase());
    assertRefused(
        verify(fixture.signed(json -> {}, bodyIsNotTheFragment)),
        CredentialRefusal.KEY_NOT_AUTHORIZED,
        Stage.KEY);
  }

  @Test
  void theKeyMustBeListedForAssertions() {
    assertRefused(
        verifyWith(
            new VerificationMethod.Multikey(
                fixture.signer.verificationMethod(),
                fixture.issuer,
                fixture.signer.publicKeyMultibase()),
            VerificationRelationship.AUTHENTICATION),
        CredentialRefusal.KEY_NOT_AUTHORIZED,
        Stage.KEY);
  }

  @Test
  void theKeyMustBeControlledByTheIssuer() {
    assertRefused(
        verifyWith(
            new VerificationMethod.Multikey(
                fixture.signer.verificationMethod(),
                new Did("did:example:other"),
                fixture.signer.publicKeyMultibase()),
            VerificationRelationship.ASSERTION_METHOD),
        CredentialRefusal.ISSUER_MISMATCH,
        Stage.KEY);
  }

  @Test
  void theKeyMustBeOfTheSuitesKind() {
    DidUrl id = fixture.signer.verificationMethod();
    for (VerificationMethod other :
        List.of(
            new VerificationMethod.BlockchainAccount(
                id, fixture.issuer, Caip10AccountId.parse("eip155:1:0x" + "ab".repeat(20))),
            new VerificationMethod.Multikey(
                id, fixture.issuer, "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"),
            new VerificationMethod.Multikey(id, fixture.issuer, "z6Mk"))) {
      assertRefused(
          verifyWith(other, VerificationRelationship.ASSERTION_METHOD),
          CredentialRefusal.KEY_UNSUPPORTED,
          Stage.ALGORITHM);
    }
  }

  @Test
  void anotherKeyUnderTheSameNameFailsTheProof() {
    assertRefused(
        verifyWith(
            new VerificationMethod.Multikey(
                fixture.signer.verificationMethod(),
                fixture.issuer,
                LocalSigner.randomDidKey(KeyType.ED25519).publicKeyMultibase()),
            VerificationRelationship.ASSERTION_METHOD),
        CredentialRefusal.PROOF_INVALID,
        Stage.PROOF);
  }

  private VerificationOutcome verifyWith(
      VerificationMethod method, VerificationRelationship purpose) {
    DidResolver resolver =
        new InMemoryDidResolver().with(CredentialFixture.document(method, purpose));
    return fixture.verifier(resolver).verify(bytes(fixture.issued()));
  }

  @Test
  void timesAreJudgedWithTheSkewAndNoMore() {
    Duration skew = ValidityTimes.MAX_CLOCK_SKEW;
    String within = NOW.plus(skew).toString();
    String beyond = NOW.plus(skew).plusMillis(1).toString();
    String justOver = NOW.minus(skew).toString();
    String longOver = NOW.minus(skew).minusMillis(1).toString();
    assertThat(verify(fixture.signed(json -> json.put("validFrom", within), proof -> {})))
        .isInstanceOf(VerificationOutcome.Verified.class);
    assertSignedRefused(
        json -> json.put("validFrom", beyond), CredentialRefusal.NOT_YET_VALID, Stage.VALIDITY);
    assertThat(verify(fixture.signed(json -> json.put("validUntil", justOver), proof -> {})))
        .isInstanceOf(VerificationOutcome.Verified.class);
    assertSignedRefused(
        json -> json.put("validUntil", longOver), CredentialRefusal.EXPIRED, Stage.VALIDITY);
    assertRefused(
        verify(fixture.signed(json -> {}, proof -> proof.put("created", beyond))),
        CredentialRefusal.NOT_YET_VALID,
        Stage.VALIDITY);
    assertRefused(
        verify(fixture.signed(json -> {}, proof -> proof.put("expires", longOver))),
        CredentialRefusal.EXPIRED,
        Stage.VALIDITY);
  }

  @Test
  void whatCannotBeCheckedIsRefused() {
    Consumer<ObjectNode> status =
        json -> json.putObject("credentialStatus").put("type", "BitstringStatusListEntry");
    assertSignedRefused(status, CredentialRefusal.STATUS_UNSUPPORTED, Stage.STATUS);
    Consumer<ObjectNode> schema =
        json ->
            json.putObject("credentialSchema")
                .put("id", "https://schema.example/1")
                .put("type", "JsonSchema");
    assertSignedRefused(schema, CredentialRefusal.SCHEMA_UNSUPPORTED, Stage.SCHEMA);
    Consumer<ObjectNode> nothing = json -> json.putNull("credentialStatus");
    assertSignedRefused(nothing, CredentialRefusal.INVALID_CREDENTIAL, Stage.SHAPE);
  }
}
