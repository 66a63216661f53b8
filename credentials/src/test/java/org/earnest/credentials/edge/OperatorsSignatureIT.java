package org.earnest.credentials.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.edge.VcApi.assertProblem;
import static org.earnest.credentials.edge.VcApi.json;
import static org.earnest.credentials.edge.VcApi.request;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.InMemoryChallenges;
import org.earnest.kit.http.Host;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.OperatorToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom the house signs, and whom it believes, over HTTP. */
class OperatorsSignatureIT {
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  private static final Lifecycle LIFECYCLE = new Lifecycle();
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static IdempotencyKeys keys;

  @SuppressWarnings("NullAway.Init")
  private static OperatorToken operator;

  @BeforeAll
  static void start() throws Exception {
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(temporary.resolve("state")));
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    Database database =
        LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    keys = IdempotencyKeys.open(database);
    operator = OperatorToken.of(state);
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  private static CredentialsService service() {
    return new CredentialsService(
        List.of(FIXTURE.issuer()),
        FIXTURE.holder(),
        FIXTURE.verifierBuilder(FIXTURE.resolver()),
        new InMemoryChallenges(CredentialFixture.CLOCK),
        keys);
  }

  @Test
  void whereStrangersReachItTheOperatorAloneHasThingsSigned() throws Exception {
    byte[] credential = request("credential", CredentialFixture.unsecured());
    byte[] presentation = request("presentation", FIXTURE.presentation(FIXTURE.issued()), "{}");
    String[] token = {"Authorization", operator.authorization()};
    OperatorsSignature guarded =
        new OperatorsSignature(service(), operator, OperatorsSignature.Demand.EVERYBODYS);
    try (Host other = Host.builder().mount(guarded).start()) {
      assertProblem(
          VcApi.post(other, "/credentials/issue", credential), 401, "operator_token_required");
      assertProblem(
          VcApi.post(other, "/presentations", presentation), 401, "operator_token_required");
      assertThat(VcApi.post(other, "/credentials/issue", credential, token).statusCode())
          .isEqualTo(201);
      assertThat(VcApi.post(other, "/presentations", presentation, token).statusCode())
          .isEqualTo(201);
      byte[] issued = request("verifiableCredential", FIXTURE.issued());
      assertThat(VcApi.post(other, "/credentials/verify", issued).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "x-forwarded-proto"})
  void whatAProxyPassedOnIsSignedForTheOperatorAlone(String header) throws Exception {
    byte[] credential = request("credential", CredentialFixture.unsecured());
    OperatorsSignature guarded =
        new OperatorsSignature(service(), operator, OperatorsSignature.Demand.FORWARDED);
    try (Host other = Host.builder().mount(guarded).start()) {
      assertThat(VcApi.post(other, "/credentials/issue", credential).statusCode()).isEqualTo(201);
      assertProblem(
          VcApi.post(other, "/credentials/issue", credential, header, "for=192.0.2.1"),
          401,
          "operator_token_required");
      assertThat(
              VcApi.post(
                      other,
                      "/credentials/issue",
                      credential,
                      header,
                      "for=192.0.2.1",
                      "Authorization",
                      operator.authorization())
                  .statusCode())
          .isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|400|invalid_request",
        "{'did:example:other':{}}|400|not_trusted",
        "{'ISSUER':{}}|200|``",
        "{'ISSUER':{'types':['AgentCapabilityCredential']}}|200|``",
        "{'ISSUER':{'types':['AgentRoleCredential']}}|400|not_trusted",
        "{'ISSUER':{'types':[]}}|400|invalid_request",
        "{'ISSUER':{'score':1}}|400|invalid_request",
        "{'ISSUER':{'standing':{'agent':'x'}}}|400|invalid_request",
        "{'x':{}}|400|invalid_request"
      })
  void theCallerSaysWhomItBelieves(String issuers, int status, String code) throws Exception {
    String options =
        "{\"trustedIssuers\":"
            + issuers.replace('\'', '"').replace("ISSUER", FIXTURE.issuer.value())
            + "}";
    byte[] asked = request("verifiableCredential", FIXTURE.issued(), options);
    HttpResponse<String> response;
    try (Host host = Host.builder().mount(service()).start()) {
      response = VcApi.post(host, "/credentials/verify", asked);
    }
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).path("code").asString("")).isEqualTo(code);
  }
}
