package org.earnest.credentials.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.earnest.credentials.edge.VcApi.assertProblem;
import static org.earnest.credentials.edge.VcApi.json;
import static org.earnest.credentials.edge.VcApi.request;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.GatedSigner;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The VC API over HTTP, with the real database. */
class CredentialsServiceIT {
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static ServiceGround ground;

  @SuppressWarnings("NullAway.Init")
  private static Host host;

  @BeforeAll
  static void start() throws Exception {
    ground = new ServiceGround(temporary);
    host = ground.serve(ground.service());
  }

  @AfterAll
  static void stop() {
    ground.close();
  }

  private static CredentialsService service(CredentialIssuer issuer, DidResolver resolver) {
    return ground.service(
        List.of(issuer),
        FIXTURE.verifierBuilder(resolver),
        Optional.empty(),
        CredentialFixture.CLOCK);
  }

  private static HttpResponse<String> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return VcApi.post(host, path, body, headers);
  }

  private static HttpResponse<String> verify(ObjectNode credential) throws Exception {
    return post("/credentials/verify", request("verifiableCredential", credential));
  }

  @Test
  void theDocumentOfItsRoutesIsTrue() {
    assertThat(OpenApiAgreement.differences(ground.service())).isEmpty();
  }

  @Test
  void issuesWhatItThenVerifies() throws Exception {
    HttpResponse<String> issued =
        post("/credentials/issue", request("credential", CredentialFixture.unsecured()));
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    ObjectNode credential = (ObjectNode) json(issued).get("verifiableCredential");
    assertThat(credential.get("issuer").stringValue()).isEqualTo(FIXTURE.issuer.value());

    HttpResponse<String> verified = verify(credential);
    assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);
    assertThat(json(verified).get("verified").booleanValue()).isTrue();
    assertThat(json(verified).get("checks").size()).isEqualTo(12);
    assertThat(json(verified).get("checks")).allMatch(check -> check.get("passed").booleanValue());
    assertThat(json(verified).has("verifiableCredential")).isFalse();

    HttpResponse<String> returned =
        post(
            "/credentials/verify",
            request("verifiableCredential", credential, "{\"returnCredential\":true}"));
    assertThat(json(returned).get("verifiableCredential")).isEqualTo(credential);
  }

  @Test
  void aChangedCredentialIsRefusedWithItsChecks() throws Exception {
    ObjectNode changed = FIXTURE.issued();
    ((ObjectNode) changed.get("credentialSubject")).put("id", "did:example:thief");
    HttpResponse<String> response = verify(changed);
    assertProblem(response, 400, "proof_invalid");
    JsonNode body = json(response);
    assertThat(body.get("verified").booleanValue()).isFalse();
    assertThat(body.get("type").stringValue())
        .isEqualTo("https://w3id.org/security#PROOF_VERIFICATION_ERROR");
    JsonNode last = body.get("checks").get(body.get("checks").size() - 1);
    assertThat(last.get("check").stringValue()).isEqualTo("proof");
    assertThat(last.get("passed").booleanValue()).isFalse();
    assertThat(body.at("/checks/0/check").stringValue()).isEqualTo("json");
    assertThat(body.at("/checks/0/passed").booleanValue()).isTrue();
  }

  @Test
  void aStatusThatCannotBeCheckedIsRefused() throws Exception {
    ObjectNode credential =
        FIXTURE.signed(
            json -> json.putObject("credentialStatus").put("type", "BitstringStatusListEntry"),
            proof -> {});
    assertProblem(verify(credential), 400, "status_unsupported");
  }

  @Test
  void anIssuerThatCannotBeAskedMayBeAskedAgain() throws Exception {
    CredentialsService service =
        service(
            FIXTURE.issuer(),
            new InMemoryDidResolver().refusing(FIXTURE.issuer, ErrorType.INTERNAL_ERROR));
    try (Host other = Host.builder().mount(service).start()) {
      HttpResponse<String> response =
          VcApi.post(
              other, "/credentials/verify", request("verifiableCredential", FIXTURE.issued()));
      assertProblem(response, 400, "issuer_unavailable");
      assertThat(json(response).get("retryable").booleanValue()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"a\":1,\"a\":1}",
        "{\"verifiableCredential\":{\"a\":1,\"a\":2}}"
      })
  void aBodyThatIsNotStrictJsonFailsTheFirstCheck(String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> verify = post("/credentials/verify", bytes);
    assertProblem(verify, 400, "malformed_json");
    assertThat(json(verify).at("/checks/0/passed").booleanValue()).isFalse();
    assertProblem(post("/credentials/issue", bytes), 400, "malformed_json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"verifiableCredential\":\"eyJhbGciOiJub25lIn0..\"}",
        "{\"verifiableCredential\":{},\"options\":1}",
      })
  void aBodyOfAnotherShapeIsRefused(String body) throws Exception {
    assertProblem(
        post("/credentials/verify", body.getBytes(StandardCharsets.UTF_8)), 400, "invalid_request");
  }

  @Test
  void anOptionThatIsNotSupportedIsNotIgnored() throws Exception {
    assertProblem(
        post(
            "/credentials/verify",
            request("verifiableCredential", FIXTURE.issued(), "{\"expectedProofPurpose\":\"x\"}")),
        400,
        "option_unsupported");
    assertProblem(
        post(
            "/credentials/issue",
            request("credential", CredentialFixture.unsecured(), "{\"created\":\"x\"}")),
        400,
        "option_unsupported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/credentials/issue", "/credentials/verify"})
  void oversizedAndDeepBodiesAreRefused(String path) throws Exception {
    byte[] large =
        ("{\"a\":\"" + "x".repeat(SignableJson.MAX_BYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
    assertProblem(post(path, large), 400, "malformed_json");
    byte[] deep = ("{\"a\":" + "[".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
    assertProblem(post(path, deep), 400, "malformed_json");
    byte[] huge = new byte[2 * 1024 * 1024];
    assertProblem(post(path, huge), 413, "body_too_large");
  }

  @Test
  void anIssuerOfAnUnknownDidMethodIsNamed() throws Exception {
    String stranger = "did:unheardof:1";
    ObjectNode credential =
        FIXTURE.signed(
            json -> json.put("issuer", stranger),
            proof -> proof.put("verificationMethod", stranger + "#key"));
    HttpResponse<String> response = verify(credential);
    assertProblem(response, 400, "issuer_not_resolved");
    assertThat(json(response).get("detail").stringValue()).contains("unheardof");
  }

  @Test
  void oneKeyIssuesOnce() throws Exception {
    byte[] request = request("credential", CredentialFixture.unsecured());
    String first = post("/credentials/issue", request, "Idempotency-Key", "once-1").body();
    Host restarted = Host.builder().mount(laterService()).start();
    try (restarted) {
      HttpResponse<String> again =
          VcApi.post(restarted, "/credentials/issue", request, "Idempotency-Key", "once-1");
      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first);
      assertThat(VcApi.post(restarted, "/credentials/issue", request).body()).isNotEqualTo(first);
    }
    ObjectNode other = CredentialFixture.unsecured().put("name", "another");
    assertProblem(
        post("/credentials/issue", request("credential", other), "Idempotency-Key", "once-1"),
        409,
        "idempotency_key_reused");
    assertProblem(
        post("/credentials/issue", request, "Idempotency-Key", "x".repeat(256)),
        400,
        "invalid_idempotency_key");
  }

  /** A service whose clock has moved, so that whatever it signs anew differs. */
  private static CredentialsService laterService() {
    InstantSource later = InstantSource.fixed(CredentialFixture.NOW.plusSeconds(60));
    return service(
        new CredentialIssuer(FIXTURE.signer, AgentContext.known(), later), FIXTURE.resolver());
  }

  @Test
  void manyAtOnceUnderOneKeyGetOneCredential() throws Exception {
    byte[] request = request("credential", CredentialFixture.unsecured());
    try (Host later = Host.builder().mount(laterService()).start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers =
          java.util.stream.IntStream.range(0, 16)
              .mapToObj(i -> threads.submit(() -> insist(i % 2 == 0 ? host : later, request)))
              .toList();
      Set<String> distinct = new HashSet<>();
      for (Future<String> answer : answers) {
        distinct.add(answer.get());
      }
      assertThat(distinct).singleElement().asString().contains("verifiableCredential");
    }
  }

  /** As a client does that is told that another request under its key is being worked on. */
  private static String insist(Host at, byte[] request) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> VcApi.post(at, "/credentials/issue", request, "Idempotency-Key", "race-1"),
            answer -> {
              if (answer.statusCode() != 201) {
                assertProblem(answer, 409, "idempotency_key_in_progress");
              }
              return answer.statusCode() == 201;
            })
        .body();
  }

  @Test
  void aFailureIsNotKeptUnderItsKey() throws Exception {
    byte[] request = request("credential", CredentialFixture.unsecured());
    AtomicBoolean away = new AtomicBoolean(true);
    CredentialsService service =
        service(
            new CredentialIssuer(
                GatedSigner.away(FIXTURE.signer, away),
                AgentContext.known(),
                CredentialFixture.CLOCK),
            FIXTURE.resolver());
    try (Host other = Host.builder().mount(service).start()) {
      HttpResponse<String> failed =
          VcApi.post(other, "/credentials/issue", request, "Idempotency-Key", "away-1");
      assertProblem(failed, 503, "signer_unavailable");
      assertThat(json(failed).get("retryable").booleanValue()).isTrue();
      assertThat(failed.body()).doesNotContain("secret");
      away.set(false);
      HttpResponse<String> issued =
          VcApi.post(other, "/credentials/issue", request, "Idempotency-Key", "away-1");
      assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    }
    ObjectNode bad = CredentialFixture.unsecured().put("issuer", "did:example:other");
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> refused =
          post("/credentials/issue", request("credential", bad), "Idempotency-Key", "refused-1");
      assertProblem(refused, 400, "issuer_mismatch");
    }
  }

  @Test
  void servesItsContexts() throws Exception {
    serves(AgentContext.PATH, AgentContext.document());
    serves(PaymentContext.PATH, PaymentContext.document());
    assertThat(PaymentContext.URL).endsWith(PaymentContext.PATH);
  }

  private static void serves(String path, byte[] document) throws Exception {
    HttpResponse<String> response = VcApi.get(URI.create(host.uri() + path));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("none"))
        .startsWith("application/ld+json");
    assertThat(response.body()).isEqualTo(new String(document, StandardCharsets.UTF_8));
  }

  @Test
  void aPresentationAnswersAChallengeOnce() throws Exception {
    HttpResponse<String> asked = post("/challenges", new byte[0]);
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    String challenge = json(asked).get("challenge").stringValue();
    String options = "{\"challenge\":\"" + challenge + "\",\"domain\":\"shop.example\"}";
    ObjectNode presentation = FIXTURE.presentation(FIXTURE.issued());
    HttpResponse<String> proved =
        post("/presentations", request("presentation", presentation, options));
    assertThat(proved.statusCode()).as(proved.body()).isEqualTo(201);
    ObjectNode made = (ObjectNode) json(proved).get("verifiablePresentation");
    assertThat(made.at("/proof/proofPurpose").stringValue()).isEqualTo("authentication");

    byte[] verification = request("verifiablePresentation", made, options);
    HttpResponse<String> verified = post("/presentations/verify", verification);
    assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);
    assertThat(json(verified).get("holder").stringValue()).isEqualTo(FIXTURE.issuer.value());
    assertProblem(post("/presentations/verify", verification), 400, "challenge_used");
  }
}
