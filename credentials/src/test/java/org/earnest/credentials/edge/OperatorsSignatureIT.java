package org.earnest.credentials.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.edge.VcApi.assertProblem;
import static org.earnest.credentials.edge.VcApi.json;
import static org.earnest.credentials.edge.VcApi.request;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** For whom the house signs, and whom it believes, over HTTP. */
class OperatorsSignatureIT {
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static ServiceGround ground;

  @BeforeAll
  static void start() throws Exception {
    ground = new ServiceGround(temporary);
  }

  @AfterAll
  static void stop() {
    ground.close();
  }

  @Test
  void whereStrangersReachItTheOperatorAloneHasThingsSigned() throws Exception {
    byte[] credential = request("credential", CredentialFixture.unsecured());
    byte[] presentation = request("presentation", FIXTURE.presentation(FIXTURE.issued()), "{}");
    String[] token = {"Authorization", ground.operator().authorization()};
    OperatorsSignature guarded =
        new OperatorsSignature(
            ground.service(), ground.operator(), OperatorsSignature.Demand.EVERYBODYS);
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
  @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "x-forwarded-proto", "Via", "X-Real-IP"})
  void whatAProxyPassedOnIsSignedForTheOperatorAlone(String header) throws Exception {
    byte[] credential = request("credential", CredentialFixture.unsecured());
    OperatorsSignature guarded =
        new OperatorsSignature(
            ground.service(), ground.operator(), OperatorsSignature.Demand.FORWARDED);
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
                      ground.operator().authorization())
                  .statusCode())
          .isEqualTo(201);
    }
  }

  /** A place comes from a credential that anybody may have written; a revocation is for good. */
  @Test
  void aPlaceIsChangedForTheCredentialAndThePurposeThatItWasGivenForAlone() throws Exception {
    URI own = URI.create("https://house.example");
    StatusLists lists =
        new StatusLists(
            ground.store(),
            List.of(FIXTURE.issuer()),
            () -> own,
            Optional.empty(),
            CredentialFixture.CLOCK);
    lists.allocate(FIXTURE.issuer, StatusPurpose.REVOCATION, Optional.of("urn:example:meant"));
    BitstringEntry entry =
        lists.allocate(FIXTURE.issuer, StatusPurpose.REVOCATION, Optional.of("urn:example:other"));
    ObjectNode suspension = entry.json().put("statusPurpose", "suspension");
    ObjectNode token = lists.allocateForToken(FIXTURE.issuer, Optional.of("urn:example:token"));
    ObjectNode bits = token.deepCopy();
    ((ObjectNode) bits.get("status_list")).put("idx", entry.index()).put("uri", entry.list() + "");
    try (Host host =
        Host.builder().mount(new StatusListService(lists, ground.operator())).start()) {
      assertThat(changed(host, "urn:example:meant", entry.json())).isEqualTo(404);
      assertThat(changed(host, "urn:example:other", suspension)).isEqualTo(404);
      assertThat(changed(host, "", suspension)).isEqualTo(404);
      assertThat(changed(host, "", bits)).isEqualTo(404);
      assertThat(changed(host, "urn:example:meant", token)).isEqualTo(404);
      UUID list = lists.idOf(entry.list().toString()).orElseThrow();
      assertThat(ground.store().values(ground.store().list(list).orElseThrow()).get(entry.index()))
          .isZero();
      assertThat(changed(host, "urn:example:other", entry.json())).isEqualTo(200);
      assertThat(ground.store().values(ground.store().list(list).orElseThrow()).get(entry.index()))
          .isOne();
      assertThat(changed(host, "urn:example:token", token)).isEqualTo(200);
    }
  }

  private static int changed(Host host, String id, ObjectNode status) throws Exception {
    String body = "{\"credentialId\":\"%s\",\"credentialStatus\":%s}".formatted(id, status);
    return VcApi.post(
            host,
            "/credentials/status",
            body.getBytes(UTF_8),
            "Authorization",
            ground.operator().authorization())
        .statusCode();
  }

  /** Whoever presents it is nobody that was named. */
  @Test
  void ofTheBelievedSomebodyMustSaySomething() throws Exception {
    byte[] presentation = request("presentation", FIXTURE.presentation(), "{}");
    try (Host host = Host.builder().mount(ground.service()).start()) {
      ObjectNode proved =
          (ObjectNode)
              json(VcApi.post(host, "/presentations", presentation)).path("verifiablePresentation");
      byte[] asked = request("verifiablePresentation", proved);
      assertThat(VcApi.post(host, "/presentations/verify", asked).statusCode()).isEqualTo(200);
      String believed = "{\"trustedIssuers\":{\"" + FIXTURE.issuer.value() + "\":{}}}";
      assertProblem(
          VcApi.post(
              host, "/presentations/verify", request("verifiablePresentation", proved, believed)),
          400,
          "not_trusted");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Innocent':'V/agent#SettlementReceiptCredential'}|Innocent|403",
        "{'Innocent':{'@id':'V/payment#PaymentReceiptCredential'}}|Innocent|403",
        "{'@vocab':'V/agent#Settlement'}|ReceiptCredential|403",
        "{'pay':{'@id':'V/payment#Pay','@prefix':true}}|pay:mentReceiptCredential|403",
        "{'Innocent':'V/agent#Innocent'}|Innocent|201",
        "{'@vocab':'V/agent#'}|ReceiptCredential|201"
      })
  void aReservedTypeIsNotSignedUnderAnotherName(String context, String type, int status)
      throws Exception {
    ObjectNode credential = CredentialFixture.unsecured();
    credential.putArray("type").add("VerifiableCredential").add(type);
    define(credential, context.replace("V/", "https://earnest.example/vocab/"));
    HttpResponse<String> response = issuedWithContextsOfItsOwn(credential);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
  }

  /** As statements, it is said of the credential all the same. */
  @Test
  void aReservedTypeIsNotSignedInOtherWords() throws Exception {
    ObjectNode credential = CredentialFixture.unsecured().put("id", "urn:example:one");
    ObjectNode subject = credential.putObject("credentialSubject");
    subject.put("type", "SettlementReceiptCredential").put("id", "urn:example:other");
    assertThat(issuedWithContextsOfItsOwn(credential).statusCode()).isEqualTo(201);
    subject.put("id", "urn:example:one");
    assertProblem(issuedWithContextsOfItsOwn(credential), 400, "undefined_term");
    subject.put("id", "urn:example:other").remove("type");
    credential.put("kind", "https://earnest.example/vocab/agent#SettlementReceiptCredential");
    define(
        credential,
        "{'kind':{'@id':'http://www.w3.org/1999/02/22-rdf-syntax-ns#type','@type':'@id'}}");
    assertProblem(issuedWithContextsOfItsOwn(credential), 403, "type_reserved");
  }

  private static void define(ObjectNode credential, String context) {
    ((ArrayNode) credential.get("@context"))
        .add(StrictJson.readTree(context.replace('\'', '"').getBytes(UTF_8)));
  }

  private static HttpResponse<String> issuedWithContextsOfItsOwn(ObjectNode credential)
      throws Exception {
    CredentialIssuer issuer =
        new CredentialIssuer(
            FIXTURE.signer, AgentContext.known().andInline(), CredentialFixture.CLOCK);
    CredentialsService service =
        ground.service(
            List.of(issuer),
            FIXTURE.verifierBuilder(FIXTURE.resolver()),
            Optional.empty(),
            CredentialFixture.CLOCK);
    try (Host host = Host.builder().mount(service).start()) {
      return VcApi.post(host, "/credentials/issue", request("credential", credential));
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
    try (Host host = Host.builder().mount(ground.service()).start()) {
      response = VcApi.post(host, "/credentials/verify", asked);
    }
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).path("code").asString("")).isEqualTo(code);
  }
}
