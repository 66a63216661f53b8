package org.earnest.credentials.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Holder;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What W3C's public suites for the VC Data Model 2.0 and for the EdDSA and ECDSA cryptosuites
 * assert, asked of our endpoints in their way: something is accepted, or it is not.
 */
class PublicSuitesIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final KnownContexts CONTEXTS = KnownContexts.shipped().andInline();
  private static final Map<String, Served> SERVED = new HashMap<>();
  private static final String MAIN = "eddsa-rdfc-2022";
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static ServiceGround ground;

  private record Served(LocalSigner signer, Holder holder, Host host) {}

  private static final Map<String, KeyType> SUITES =
      Map.of(
          "eddsa-jcs-2022",
          KeyType.ED25519,
          MAIN,
          KeyType.ED25519,
          "ecdsa-jcs-2019",
          KeyType.P256,
          "ecdsa-rdfc-2019",
          KeyType.P384);

  @BeforeAll
  static void start() throws Exception {
    ground = new ServiceGround(temporary);
    Cryptosuites suites = Cryptosuites.all(new LinkedData(CONTEXTS));
    for (Map.Entry<String, KeyType> each : SUITES.entrySet()) {
      Cryptosuite suite = suites.named(each.getKey()).orElseThrow();
      LocalSigner signer = LocalSigner.randomDidKey(each.getValue());
      Holder holder = new Holder(signer, suite, CONTEXTS, CredentialFixture.CLOCK);
      CredentialsService service = service(signer, suite, holder);
      Host host = ground.host(service);
      SERVED.put(each.getKey(), new Served(signer, holder, host));
    }
  }

  private static CredentialsService service(LocalSigner signer, Cryptosuite suite, Holder holder) {
    InMemoryDidResolver resolver =
        new InMemoryDidResolver()
            .with(
                CredentialFixture.document(
                    signer.verificationMethod(),
                    signer.publicKeyMultibase(),
                    VerificationRelationship.ASSERTION_METHOD,
                    VerificationRelationship.AUTHENTICATION));
    return ground.service(
        List.of(new CredentialIssuer(signer, suite, CONTEXTS, CredentialFixture.CLOCK)),
        holder,
        CredentialVerifier.builder(resolver, CONTEXTS, CredentialFixture.CLOCK),
        Optional.empty(),
        CredentialFixture.CLOCK);
  }

  @AfterAll
  static void stop() {
    ground.close();
  }

  private static HttpResponse<String> post(String suite, String path, String member, JsonNode of)
      throws IOException, InterruptedException {
    String body = JsonNodeFactory.instance.objectNode().set(member, of).toString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(served(suite).host().uri() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Served served(String suite) {
    return Objects.requireNonNull(SERVED.get(suite));
  }

  private static void assertAnswered(HttpResponse<String> answer, boolean accepted, int success) {
    if (accepted) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(success);
    } else {
      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
      assertThat(StrictJson.readTree(answer.body().getBytes(UTF_8)).path("type").asString(""))
          .as(answer.body())
          .startsWith("https://");
    }
  }

  private static JsonNode assertions(String of) throws IOException {
    try (InputStream json =
        Objects.requireNonNull(PublicSuitesIT.class.getResourceAsStream("public-suites.json"))) {
      return StrictJson.readTree(json.readAllBytes()).path(of);
    }
  }

  /** The document with members set, or taken away where they are null. */
  private static ObjectNode changed(ObjectNode document, JsonNode changes) {
    ObjectNode changed = document.deepCopy();
    changes
        .properties()
        .forEach(
            change -> {
              if (change.getValue().isNull()) {
                changed.remove(change.getKey());
              } else {
                changed.set(change.getKey(), change.getValue());
              }
            });
    return changed;
  }

  /** With our own DID, which no file knows before. */
  private static ObjectNode named(String placeholder, ObjectNode document) {
    String did = served(MAIN).signer().verificationMethod().did().value();
    return (ObjectNode) JsonMapper.shared().readTree(document.toString().replace(placeholder, did));
  }

  private static ObjectNode template(String name) throws IOException {
    return (ObjectNode) assertions(name).deepCopy();
  }

  /** VC Data Model 2.0: what an issuer signs, and what it does not. */
  @TestFactory
  Stream<DynamicTest> credentials() throws Exception {
    ObjectNode template = template("credential");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode assertion : assertions("credentials")) {
      ObjectNode credential = named("ISSUER", changed(template, assertion.path("with")));
      tests.add(
          DynamicTest.dynamicTest(
              assertion.path("section").stringValue() + ": " + assertion.path("with"),
              () -> {
                boolean accepted = assertion.path("accepted").booleanValue();
                HttpResponse<String> issued =
                    post(MAIN, "/credentials/issue", "credential", credential);
                assertAnswered(issued, accepted, 201);
                if (accepted) {
                  assertKeptAndVerified(credential, issued);
                }
              }));
    }
    return tests.stream();
  }

  private static void assertKeptAndVerified(ObjectNode credential, HttpResponse<String> issued)
      throws Exception {
    ObjectNode signed = issued(issued);
    credential
        .properties()
        .forEach(
            member ->
                assertThat(signed.get(member.getKey()))
                    .as(member.getKey())
                    .isEqualTo(member.getValue()));
    boolean checkedByNobody =
        credential.has("credentialStatus") || credential.has("credentialSchema");
    HttpResponse<String> verified =
        post(MAIN, "/credentials/verify", "verifiableCredential", signed);
    assertAnswered(verified, !checkedByNobody, 200);
  }

  private static ObjectNode issued(HttpResponse<String> issued) {
    return (ObjectNode) JsonMapper.shared().readTree(issued.body()).path("verifiableCredential");
  }

  /** VC Data Model 2.0: presentations that the holder really signed, or that were changed. */
  @TestFactory
  Stream<DynamicTest> presentations() throws Exception {
    ObjectNode template = template("presentation");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode assertion : assertions("presentations")) {
      ObjectNode presentation = named("HOLDER", changed(template, assertion.path("with")));
      tests.add(
          DynamicTest.dynamicTest(
              assertion.path("section").stringValue() + ": " + assertion.path("with"),
              () -> {
                HttpResponse<String> proved =
                    post(MAIN, "/presentations", "presentation", presentation);
                boolean accepted = assertion.path("accepted").booleanValue();
                if (proved.statusCode() >= 400) {
                  assertThat(accepted).as(proved.body()).isFalse();
                } else {
                  ObjectNode signed =
                      (ObjectNode)
                          JsonMapper.shared()
                              .readTree(proved.body())
                              .path("verifiablePresentation");
                  assertAnswered(verified(changed(signed, assertion.path("then"))), accepted, 200);
                }
              }));
    }
    return tests.stream();
  }

  private static HttpResponse<String> verified(ObjectNode presentation) throws Exception {
    return post(MAIN, "/presentations/verify", "verifiablePresentation", presentation);
  }

  /** Data Integrity cryptosuites: how a proof looks, and what makes it none. */
  @TestFactory
  Stream<DynamicTest> proofs() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    ObjectNode template = template("credential");
    for (String suite : SUITES.keySet().stream().sorted().toList()) {
      tests.add(DynamicTest.dynamicTest(suite, () -> assertForm(suite, sign(suite, template))));
      for (JsonNode assertion : assertions("proofs")) {
        tests.add(
            DynamicTest.dynamicTest(
                suite + ": " + assertion.path("with"),
                () -> {
                  ObjectNode signed = sign(suite, template);
                  ObjectNode proof = (ObjectNode) signed.get("proof");
                  signed.set("proof", changed(proof, assertion.path("with")));
                  assertAnswered(
                      verify(suite, signed), assertion.path("accepted").asBoolean(), 200);
                }));
      }
      tests.add(
          DynamicTest.dynamicTest(
              suite + ": a claim is changed, a proof is missing or of another suite",
              () -> assertUnsound(suite, sign(suite, template))));
    }
    return tests.stream();
  }

  private static ObjectNode sign(String suite, ObjectNode template) throws Exception {
    HttpResponse<String> answer = post(suite, "/credentials/issue", "credential", template);
    assertAnswered(answer, true, 201);
    return issued(answer);
  }

  private static HttpResponse<String> verify(String suite, ObjectNode credential) throws Exception {
    return post(suite, "/credentials/verify", "verifiableCredential", credential);
  }

  private static void assertForm(String suite, ObjectNode signed) throws Exception {
    KeyType key = Objects.requireNonNull(SUITES.get(suite));
    LocalSigner signer = served(suite).signer();
    JsonNode proof = signed.get("proof");
    assertThat(proof.path("type").asString("")).isEqualTo("DataIntegrityProof");
    assertThat(proof.path("cryptosuite").asString("")).isEqualTo(suite);
    assertThat(proof.path("proofPurpose").asString("")).isEqualTo("assertionMethod");
    assertThat(Instant.parse(proof.path("created").asString(""))).isNotNull();
    assertThat(proof.path("verificationMethod").asString(""))
        .isEqualTo(signer.verificationMethod().toString());
    assertThat(Base58Btc.decode(proof.path("proofValue").asString(""), key.signatureBytes()))
        .isPresent();
    assertThat(signer.publicKeyMultibase())
        .startsWith(
            switch (key) {
              case ED25519 -> "z6Mk";
              case P256 -> "zDn";
              case P384 -> "z82";
            });
    assertAnswered(verify(suite, signed), true, 200);
  }

  private static void assertUnsound(String suite, ObjectNode signed) throws Exception {
    ObjectNode changed = signed.deepCopy();
    changed.putObject("credentialSubject").put("id", "did:example:thief");
    assertAnswered(verify(suite, changed), false, 200);
    ObjectNode bare = signed.deepCopy();
    bare.remove("proof");
    assertAnswered(verify(suite, bare), false, 200);
    for (String other : SUITES.keySet()) {
      if (!other.equals(suite)) {
        ObjectNode renamed = signed.deepCopy();
        ((ObjectNode) renamed.get("proof")).put("cryptosuite", other);
        assertAnswered(verify(suite, renamed), false, 200);
      }
    }
  }
}
