package org.earnest.credentials.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Expected;
import org.earnest.credentials.Holder;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.PresentationOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.selective.Pointers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Digital Bazaar's libraries verify what is issued here, and the reverse, by every suite and key.
 */
class DigitalBazaarIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final KnownContexts CONTEXTS = AgentContext.known();
  private static final Cryptosuites SUITES = Cryptosuites.all(new LinkedData(CONTEXTS));
  private static final Expected ASKED = Expected.of("a challenge", "shop.example");
  private static final List<String> MANDATORY = List.of("/issuer", "/validFrom", "/id");
  private static final List<String> SELECTIVE =
      List.of("/name", "/credentialSubject/0/capability/1", "/credentialSubject/1");
  private static final Map<KeyType, String> CURVES =
      Map.of(KeyType.ED25519, "Ed25519", KeyType.P256, "P-256", KeyType.P384, "P-384");

  /** Every challenge is good, as it is the other side that chose it. */
  private static final Challenges CHALLENGES =
      new Challenges() {
        @Override
        public String create(Duration lifetime) {
          throw new IllegalStateException("the task names it");
        }

        @Override
        public Use consume(String challenge) {
          return Use.USED;
        }
      };

  private static final CredentialVerifier VERIFIER =
      CredentialVerifier.builder(keys(), CONTEXTS, CLOCK).challenges(CHALLENGES).build();

  /** A did:key's document follows from it. */
  private static DidResolver keys() {
    return (did, options) -> {
      DidUrl id = did.fragment(did.methodSpecificId());
      return new DidResolution.Resolved(
          new DidDocument(
              did,
              Set.of(),
              List.of(new VerificationMethod.Multikey(id, did, did.methodSpecificId())),
              Map.of(
                  VerificationRelationship.ASSERTION_METHOD, Set.of(id),
                  VerificationRelationship.AUTHENTICATION, Set.of(id)),
              List.of()));
    };
  }

  private static ObjectNode credential() {
    ObjectNode json = JSON.createObjectNode();
    json.putArray("@context").add(KnownContexts.CREDENTIALS_V2).add(AgentContext.URL);
    json.putArray("type").add("VerifiableCredential").add("AgentCapabilityCredential");
    json.put("id", "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33");
    json.putObject("name").put("@value", "Fähigkeit \"\\\n\u0007 €").put("@language", "de");
    json.put("validFrom", NOW.minusSeconds(60).toString());
    ArrayNode subjects = json.putArray("credentialSubject");
    subjects.addObject().put("id", "did:example:one").putArray("capability").add("a").add("b");
    subjects.addObject().putArray("capability").add("c");
    return json;
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode issued(IssueOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssueOutcome.Issued.class);
    return ((IssueOutcome.Issued) outcome).credential();
  }

  private static ObjectNode task() throws InvalidCredentialException {
    ObjectNode task = JSON.createObjectNode();
    task.put("date", NOW.toString());
    task.put("challenge", ASKED.challenge().orElseThrow());
    task.put("domain", ASKED.domain().orElseThrow());
    task.putObject("contexts").set(AgentContext.URL, JSON.readTree(AgentContext.document()));
    task.set("credential", credential());
    ArrayNode issue = task.putArray("issue");
    ArrayNode verify = task.putArray("verify");
    task.set("disclosure", disclosure());
    for (String name : SUITES.names()) {
      if (name.equals(EcdsaSdCryptosuite.NAME)) {
        continue;
      }
      Cryptosuite suite = SUITES.named(name).orElseThrow();
      for (KeyType type : suite.keyTypes()) {
        issue.addObject().put("suite", name).put("curve", CURVES.get(type));
        LocalSigner signer = LocalSigner.randomDidKey(type);
        ObjectNode ours =
            issued(new CredentialIssuer(signer, suite, CONTEXTS, CLOCK).issue(bytes(credential())));
        ObjectNode presented =
            issued(new Holder(signer, suite, CONTEXTS, CLOCK).present(List.of(ours), ASKED));
        verify.addObject().put("suite", name).set("credential", ours);
        ((ObjectNode) verify.get(verify.size() - 1)).set("presentation", presented);
      }
    }
    return task;
  }

  private static ObjectNode disclosure() throws InvalidCredentialException {
    LocalSigner signer = LocalSigner.randomDidKey(KeyType.P256);
    EcdsaSdCryptosuite suite =
        EcdsaSdCryptosuite.of(new LinkedData(CONTEXTS)).mandatory(Pointers.of(MANDATORY));
    ObjectNode base =
        issued(new CredentialIssuer(signer, suite, CONTEXTS, CLOCK).issue(bytes(credential())));
    ObjectNode disclosure = JSON.createObjectNode();
    disclosure.set("mandatoryPointers", JSON.valueToTree(MANDATORY));
    disclosure.set("selectivePointers", JSON.valueToTree(SELECTIVE));
    disclosure.set("base", base);
    disclosure.set("derived", derived(base));
    return disclosure;
  }

  private static ObjectNode derived(JsonNode base) {
    LocalSigner signer = LocalSigner.randomDidKey(KeyType.P256);
    Holder holder = new Holder(signer, JcsCryptosuite.ECDSA_2019, CONTEXTS, CLOCK);
    return issued(holder.derive(bytes(base), SELECTIVE));
  }

  /** From either's base proof either derives what the other verifies, and both the same claims. */
  private static void assertDisclosed(JsonNode disclosed, JsonNode ours) {
    assertThat(disclosed.get("judged")).hasSize(2);
    for (JsonNode judged : disclosed.get("judged")) {
      assertThat(judged.get("verified").booleanValue()).as(judged.toString()).isTrue();
      assertThat(judged.at("/credential/credentialSubject"))
          .isEqualTo(ours.at("/derived/credentialSubject"));
    }
    for (JsonNode theirs : List.of(disclosed.get("derived"), derived(disclosed.get("base")))) {
      assertThat(VERIFIER.verify(bytes(theirs)))
          .as(theirs.toString())
          .isInstanceOf(VerificationOutcome.Verified.class);
      assertThat(theirs.get("credentialSubject")).isEqualTo(ours.at("/derived/credentialSubject"));
    }
    assertThat(VERIFIER.verify(bytes(disclosed.get("base"))))
        .isInstanceOf(VerificationOutcome.Refused.class);
  }

  @Test
  void eachVerifiesWhatTheOtherIssues() throws Exception {
    ObjectNode task = task();
    JsonNode answer = NpmOracle.install().ask(task);
    assertThat(answer.get("verified")).hasSize(task.get("verify").size());
    for (JsonNode verified : answer.get("verified")) {
      assertThat(verified.get("credential").booleanValue()).as(verified.toString()).isTrue();
      assertThat(verified.get("presentation").booleanValue()).as(verified.toString()).isTrue();
    }
    assertDisclosed(answer.get("disclosed"), task.get("disclosure"));
    assertThat(answer.get("issued")).hasSize(task.get("issue").size());
    for (JsonNode theirs : answer.get("issued")) {
      assertThat(VERIFIER.verify(bytes(theirs.get("credential"))))
          .as(theirs.toString())
          .isInstanceOf(VerificationOutcome.Verified.class);
      assertThat(VERIFIER.presentations().verify(bytes(theirs.get("presentation")), ASKED))
          .as(theirs.toString())
          .isInstanceOf(PresentationOutcome.Verified.class);
      ObjectNode changed = theirs.get("credential").deepCopy().asObject();
      changed.putObject("name").put("@value", "Other").put("@language", "de");
      assertThat(VERIFIER.verify(bytes(changed))).isInstanceOf(VerificationOutcome.Refused.class);
    }
  }
}
