package org.earnest.credentials.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.SelectiveFixture;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A service with a key of each kind, which issues by every suite and derives. */
class SelectiveServiceIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final LocalSigner ED25519 = LocalSigner.randomDidKey(KeyType.ED25519);
  private static final LocalSigner P256 = LocalSigner.randomDidKey(KeyType.P256);
  private static final LocalSigner P384 = LocalSigner.randomDidKey(KeyType.P384);
  private static final Cryptosuites SUITES =
      Cryptosuites.all(new LinkedData(SelectiveFixture.CONTEXTS));

  @TempDir static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static ServiceGround ground;

  private static Host host;

  @BeforeAll
  static void start() throws Exception {
    ground = new ServiceGround(temporary);
    host = ground.serve(service());
  }

  @AfterAll
  static void stop() {
    ground.close();
  }

  private static CredentialsService service() {
    InMemoryDidResolver resolver = new InMemoryDidResolver();
    for (LocalSigner signer : List.of(ED25519, P256, P384)) {
      resolver.with(
          CredentialFixture.document(
              signer.verificationMethod(),
              signer.publicKeyMultibase(),
              VerificationRelationship.ASSERTION_METHOD));
    }
    List<CredentialIssuer> issuers =
        List.of(
            issuer(ED25519, "eddsa-jcs-2022"),
            issuer(ED25519, "eddsa-rdfc-2022"),
            issuer(P256, "ecdsa-rdfc-2019"),
            issuer(P384, "ecdsa-rdfc-2019"),
            issuer(P256, "ecdsa-jcs-2019"),
            issuer(P256, "ecdsa-sd-2023"));
    return ground.service(
        issuers,
        SelectiveFixture.holder(),
        CredentialVerifier.builder(resolver, SelectiveFixture.CONTEXTS, CLOCK),
        Optional.empty(),
        CLOCK);
  }

  private static CredentialIssuer issuer(LocalSigner signer, String name) {
    Cryptosuite suite = SUITES.named(name).orElseThrow();
    return new CredentialIssuer(signer, suite, SelectiveFixture.CONTEXTS, CLOCK);
  }

  private static HttpResponse<String> post(
      String path, String member, JsonNode credential, String options) throws Exception {
    String body = "{\"" + member + "\":" + credential + ",\"options\":" + options + "}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host.uri() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return StrictJson.readTree(response.body().getBytes(UTF_8));
  }

  private static HttpResponse<String> issue(ObjectNode credential, String options)
      throws Exception {
    return post("/credentials/issue", "credential", credential, options);
  }

  private static HttpResponse<String> derive(JsonNode credential, String options) throws Exception {
    return post("/credentials/derive", "verifiableCredential", credential, options);
  }

  private static HttpResponse<String> verify(JsonNode credential) throws Exception {
    return post("/credentials/verify", "verifiableCredential", credential, "{}");
  }

  private static JsonNode issued(String options) throws Exception {
    HttpResponse<String> response = issue(CredentialFixture.unsecured(), options);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response).get("verifiableCredential");
  }

  private static void assertRefused(HttpResponse<String> response, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(json(response).get("code").asString()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eddsa-jcs-2022", "eddsa-rdfc-2022", "ecdsa-jcs-2019", "ecdsa-rdfc-2019"})
  void issuesByTheSuiteThatIsNamed(String suite) throws Exception {
    JsonNode credential =
        issued("{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"" + suite + "\"}");
    assertThat(credential.at("/proof/cryptosuite").asString()).isEqualTo(suite);
    assertThat(verify(credential).statusCode()).isEqualTo(200);
  }

  @Test
  void issuesByTheFirstUnlessTold() throws Exception {
    assertThat(issued("{}").at("/proof/cryptosuite").asString()).isEqualTo("eddsa-jcs-2022");
  }

  /** Each did:key is an issuer of its own. */
  @Test
  void issuesByTheKeyOfTheIssuerThatIsNamed() throws Exception {
    for (LocalSigner signer : List.of(P256, P384)) {
      String did = signer.verificationMethod().did().value();
      ObjectNode byText = CredentialFixture.unsecured().put("issuer", did);
      ObjectNode byObject = CredentialFixture.unsecured();
      byObject.putObject("issuer").put("id", did).put("name", "One");
      for (ObjectNode credential : List.of(byText, byObject)) {
        HttpResponse<String> response = issue(credential, "{\"cryptosuite\":\"ecdsa-rdfc-2019\"}");
        JsonNode signed = json(response).get("verifiableCredential");
        assertThat(signed.at("/proof/verificationMethod").asString())
            .isEqualTo(signer.verificationMethod().toString());
        assertThat(verify(signed).statusCode()).isEqualTo(200);
      }
    }
    ObjectNode wrong = CredentialFixture.unsecured();
    wrong.put("issuer", P256.verificationMethod().did().value());
    assertRefused(issue(wrong, "{\"cryptosuite\":\"eddsa-jcs-2022\"}"), "issuer_mismatch");
  }

  @Test
  void whatIsDerivedVerifiesAndItsBaseDoesNot() throws Exception {
    JsonNode base = issued("{\"mandatoryPointers\":[\"/issuer\",\"/credentialSubject/id\"]}");
    assertThat(base.at("/proof/proofValue").asString()).startsWith("u2V0A");
    HttpResponse<String> derived =
        derive(base, "{\"selectivePointers\":[\"/credentialSubject/capability\"]}");
    assertThat(derived.statusCode()).as(derived.body()).isEqualTo(201);
    JsonNode shown = json(derived).get("verifiableCredential");
    assertThat(shown.at("/proof/proofValue").asString()).startsWith("u2V0B");
    HttpResponse<String> verified = verify(shown);
    assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);

    HttpResponse<String> refused = verify(base);
    assertRefused(refused, "proof_not_derived");
    assertThat(json(refused).get("type").asString())
        .isEqualTo("https://w3id.org/security#PROOF_VERIFICATION_ERROR");
  }

  @Test
  void whatIsMandatoryIsEnoughToShow() throws Exception {
    JsonNode base = issued("{\"mandatoryPointers\":[\"/credentialSubject/id\"]}");
    JsonNode shown = json(derive(base, "{}")).get("verifiableCredential");
    assertThat(shown.at("/credentialSubject").propertyNames()).containsExactly("id");
    assertThat(verify(shown).statusCode()).isEqualTo(200);
  }

  @Test
  void aPointerThatLeadsToNothingIsRefused() throws Exception {
    String options = "{\"%s\":[\"/credentialSubject/invalidPointer\"]}";
    HttpResponse<String> unissued =
        issue(CredentialFixture.unsecured(), options.formatted("mandatoryPointers"));
    assertRefused(unissued, "selection_invalid");
    assertThat(json(unissued).get("type").asString())
        .isEqualTo("https://w3id.org/security#PROOF_GENERATION_ERROR");
    JsonNode base = issued("{\"cryptosuite\":\"ecdsa-sd-2023\"}");
    assertRefused(derive(base, options.formatted("selectivePointers")), "selection_invalid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'cryptosuite':'bbs-2023'}|option_unsupported",
        "{'cryptosuite':'eddsa-jcs-2022','mandatoryPointers':['/issuer']}|option_unsupported",
        "{'type':'Ed25519Signature2020'}|option_unsupported",
        "{'cryptosuite':7}|invalid_request",
        "{'mandatoryPointers':'/issuer'}|invalid_request",
        "{'mandatoryPointers':[7]}|invalid_request",
        "{'mandatoryPointers':['issuer']}|selection_invalid",
        "{'selectivePointers':['/issuer']}|option_unsupported"
      })
  void otherOptionsAreRefused(String options, String code) throws Exception {
    assertRefused(issue(CredentialFixture.unsecured(), options.replace('\'', '"')), code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'selectivePointers':'/issuer'}|invalid_request",
        "{'selectivePointers':[null]}|invalid_request",
        "{'mandatoryPointers':['/issuer']}|option_unsupported",
        "{'selectivePointers':['~']}|selection_invalid"
      })
  void otherOptionsOfDerivingAreRefused(String options, String code) throws Exception {
    JsonNode base = issued("{\"cryptosuite\":\"ecdsa-sd-2023\"}");
    assertRefused(derive(base, options.replace('\'', '"')), code);
  }

  @Test
  void whatHasNoBaseProofIsNotDerivedFrom() throws Exception {
    assertRefused(derive(issued("{}"), "{}"), "proof_missing");
    JsonNode unsecured = SignableJson.read("{}".getBytes(UTF_8));
    assertRefused(derive(unsecured, "{}"), "invalid_credential");
    assertRefused(derive(StrictJson.mapper().createArrayNode(), "{}"), "invalid_request");
  }
}
