package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.agent.AgentCapability;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.testkit.identity.InMemoryDidResolver;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An issuer with a fixed key, its document, and credentials good and bad. */
public final class CredentialFixture {
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  public static final InstantSource CLOCK = InstantSource.fixed(NOW);
  public static final Did SUBJECT = new Did("did:pkh:eip155:1:0x" + "ab".repeat(20));
  private static final byte[] SECRET =
      "a secret of exactly 32 bytes ...".getBytes(StandardCharsets.UTF_8);

  private static final Set<String> CLAIMS_OF_BASE =
      Set.of("iss", "sub", "aud", "exp", "nbf", "iat");

  public final LocalSigner signer = LocalSigner.didKey(KeyType.ED25519, SECRET);
  public final Did issuer = signer.verificationMethod().did();

  public static DidDocument document(
      DidUrl method, String multibase, VerificationRelationship... purposes) {
    return document(new VerificationMethod.Multikey(method, method.did(), multibase), purposes);
  }

  public static DidDocument document(
      VerificationMethod method, VerificationRelationship... purposes) {
    return new DidDocument(
        method.id().did(),
        Set.of(),
        List.of(method),
        Stream.of(purposes)
            .collect(Collectors.toMap(purpose -> purpose, purpose -> Set.of(method.id()))),
        List.of());
  }

  public InMemoryDidResolver resolver() {
    return new InMemoryDidResolver()
        .with(
            document(
                signer.verificationMethod(),
                signer.publicKeyMultibase(),
                VerificationRelationship.ASSERTION_METHOD,
                VerificationRelationship.AUTHENTICATION));
  }

  public CredentialIssuer issuer() {
    return new CredentialIssuer(signer, AgentContext.known(), CLOCK);
  }

  public CredentialVerifier verifier() {
    return verifier(resolver());
  }

  public CredentialVerifier verifier(DidResolver resolver) {
    return verifierBuilder(resolver).build();
  }

  public CredentialVerifier.Builder verifierBuilder(DidResolver resolver) {
    return CredentialVerifier.builder(resolver, AgentContext.known(), CLOCK);
  }

  public Holder holder() {
    return new Holder(signer, JcsCryptosuite.EDDSA_2022, AgentContext.known(), CLOCK);
  }

  /** Not secured yet. */
  public ObjectNode presentation(ObjectNode... credentials) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context").add("https://www.w3.org/ns/credentials/v2");
    json.putArray("type").add("VerifiablePresentation");
    json.put("holder", issuer.value());
    json.putArray("verifiableCredential").addAll(List.of(credentials));
    return json;
  }

  public static ObjectNode unsecured() {
    return new AgentCapability(SUBJECT, Optional.empty(), List.of("translation/de-en"))
        .credential(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)));
  }

  /**
   * With a member named as a claim of JWTs is, to which the base context gives a meaning, or else
   * an inline one.
   */
  public static ObjectNode withClaim(String claim) {
    ObjectNode json = unsecured().put(claim, "soon");
    if (!CLAIMS_OF_BASE.contains(claim)) {
      ((ArrayNode) json.get("@context")).addObject().put(claim, "https://terms.example/" + claim);
    }
    return json;
  }

  public ObjectNode issued() {
    IssueOutcome outcome = issuer().issue(bytes(unsecured()));
    assertThat(outcome).isInstanceOf(IssueOutcome.Issued.class);
    return ((IssueOutcome.Issued) outcome).credential();
  }

  /** A credential that the issuer really signed, though no careful issuer would have. */
  public ObjectNode signed(Consumer<ObjectNode> document, Consumer<ObjectNode> proof) {
    ObjectNode unsecured = unsecured().put("issuer", issuer.value());
    document.accept(unsecured);
    ObjectNode options =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "DataIntegrityProof")
            .put("cryptosuite", "eddsa-jcs-2022")
            .put("created", NOW.toString())
            .put("verificationMethod", signer.verificationMethod().toString())
            .put("proofPurpose", "assertionMethod");
    proof.accept(options);
    unsecured.set("proof", JcsCryptosuite.EDDSA_2022.prove(unsecured, options, signer));
    return unsecured;
  }

  public static byte[] bytes(ObjectNode json) {
    return SignableJson.write(json).getBytes(StandardCharsets.UTF_8);
  }
}
