package org.earnest.credentials.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.edge.VcApi.assertProblem;
import static org.earnest.credentials.edge.VcApi.json;
import static org.earnest.credentials.edge.VcApi.request;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.RdfcCryptosuite;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.kit.http.OpenApiAgreement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the VC API's clients may ask of presentations and of a credential's id. */
class VcApiOptionsIT {
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  private static final KnownContexts CONTEXTS = AgentContext.known().andInline();
  private static final CredentialIssuer ISSUER =
      new CredentialIssuer(FIXTURE.signer, CONTEXTS, CredentialFixture.CLOCK);
  private static final List<CredentialIssuer> ISSUERS =
      List.of(ISSUER, ISSUER.by(RdfcCryptosuite.eddsa2022(new LinkedData(CONTEXTS))));
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static ServiceGround ground;

  @SuppressWarnings("NullAway.Init")
  private static StatusLists lists;

  @SuppressWarnings("NullAway.Init")
  private static CredentialsService service;

  @BeforeAll
  static void start() throws Exception {
    ground = new ServiceGround(temporary);
    lists = ground.lists(ISSUERS, Optional.empty(), CredentialFixture.CLOCK);
    service =
        ground.service(
            ISSUERS,
            FIXTURE
                .verifierBuilder(FIXTURE.resolver())
                .envelopes(new Envelopes(List.of(JwtEnvelope.values()))),
            Optional.of(lists),
            CredentialFixture.CLOCK);
    ground.serve(new StatusListService(lists, ground.operator()), service);
  }

  @AfterAll
  static void stop() {
    ground.close();
  }

  private static HttpResponse<String> post(String path, byte[] body, String... headers)
      throws Exception {
    return VcApi.post(ground.address(), path, body, headers);
  }

  private static HttpResponse<String> present(String options) throws Exception {
    return post(
        "/presentations",
        request(
            "presentation", FIXTURE.presentation(FIXTURE.issued()), options.replace('\'', '"')));
  }

  private static HttpResponse<String> verified(HttpResponse<String> presented, String options)
      throws Exception {
    ObjectNode presentation = (ObjectNode) json(presented).get("verifiablePresentation");
    return post(
        "/presentations/verify",
        request("verifiablePresentation", presentation, options.replace('\'', '"')));
  }

  private static String challenge() throws Exception {
    HttpResponse<String> asked = post("/challenges", new byte[0]);
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    return json(asked).get("challenge").stringValue();
  }

  @Test
  void theDocumentOfItsRoutesIsTrue() {
    assertThat(OpenApiAgreement.differences(service)).isEmpty();
    assertThat(OpenApiAgreement.differences(new StatusListService(lists, ground.operator())))
        .isEmpty();
  }

  @Test
  void aPresentationIsMadeAsAJwtForWhoeverAsked() throws Exception {
    String asked = "'challenge':'%s','domain':'shop.example'".formatted(challenge());
    HttpResponse<String> made = present("{'format':'vp+jwt',%s}".formatted(asked));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode enveloped = json(made).get("verifiablePresentation");
    assertThat(enveloped.path("type").asString("")).isEqualTo("EnvelopedVerifiablePresentation");
    assertThat(enveloped.path("id").asString("")).startsWith("data:application/vp+jwt,eyJ");

    assertProblem(verified(made, "{}"), 400, "domain_mismatch");
    HttpResponse<String> good = verified(made, "{" + asked + "}");
    assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    assertThat(json(good).get("holder").stringValue()).isEqualTo(FIXTURE.issuer.value());
    assertProblem(verified(made, "{" + asked + "}"), 400, "challenge_used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eddsa-jcs-2022", "eddsa-rdfc-2022"})
  void aPresentationIsProvedByTheSuiteThatIsAskedFor(String suite) throws Exception {
    HttpResponse<String> made =
        present("{'type':'DataIntegrityProof','cryptosuite':'%s'}".formatted(suite));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made).at("/verifiablePresentation/proof/cryptosuite").stringValue())
        .isEqualTo(suite);
    assertThat(verified(made, "{}").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Ed25519Signature2020'}",
        "{'cryptosuite':'ecdsa-jcs-2019'}",
        "{'cryptosuite':'ecdsa-sd-2023'}",
        "{'format':'vc+jwt'}",
        "{'format':'vp+jwt','cryptosuite':'eddsa-jcs-2022'}",
        "{'created':'2026-01-01T00:00:00Z'}",
        "{'proofPurpose':'assertionMethod'}"
      })
  void whatIsNotMadeIsNotAnswered(String options) throws Exception {
    assertProblem(present(options), 400, "option_unsupported");
  }

  @Test
  void aRefusalSaysItsProblemWhereTheVcApisClientsLook() throws Exception {
    ObjectNode changed = FIXTURE.issued();
    ((ObjectNode) changed.get("credentialSubject")).put("id", "did:example:thief");
    HttpResponse<String> response =
        post("/credentials/verify", request("verifiableCredential", changed));
    assertProblem(response, 400, "proof_invalid");
    JsonNode body = json(response);
    assertThat(body.path("problemDetails").size()).isEqualTo(1);
    for (String member : List.of("type", "title", "status", "detail", "code")) {
      assertThat(body.path("problemDetails").path(0).get(member)).isEqualTo(body.get(member));
    }
  }

  private static String order(String id, String type, String purpose) {
    return """
    {"credentialId":"%s","credentialStatus":{"type":"%s","statusPurpose":"%s"}}
    """
        .formatted(id, type, purpose);
  }

  private static HttpResponse<String> change(String body) throws Exception {
    return post(
        "/credentials/status",
        body.getBytes(UTF_8),
        "Authorization",
        ground.operator().authorization());
  }

  /** The id that was told names the place, and the credential's own does not. */
  @ParameterizedTest
  @CsvSource({"cryptosuite, eddsa-jcs-2022", "format, vc+jwt", "format, dc+sd-jwt"})
  void aStatusIsFoundByTheIdThatWasToldWhenItWasIssued(String option, String value)
      throws Exception {
    String told = "urn:uuid:" + UUID.randomUUID();
    String own = "urn:uuid:" + UUID.randomUUID();
    String options =
        """
        {"%s":"%s","credentialId":"%s","statusPurposes":["suspension"]}
        """
            .formatted(option, value, told);
    HttpResponse<String> issued =
        post(
            "/credentials/issue",
            request("credential", CredentialFixture.unsecured().put("id", own), options));
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);

    assertThat(lists.find(told, StatusPurpose.SUSPENSION)).hasSize(1);
    assertProblem(
        change(order(own, "BitstringStatusListEntry", "suspension")), 404, "status_not_found");
    HttpResponse<String> changed = change(order(told, "BitstringStatusList", "suspension"));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertProblem(change(order(told, "StatusList2021", "suspension")), 400, "invalid_request");
  }

  /** Nobody could read it as it was signed, and a place that is given is never given again. */
  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "jti", "aud", "exp", "nbf", "iat", "nonce", "vc", "vp"})
  void aMemberThatAJwtKnowsAsItsClaimIsNotSignedAndTakesNoPlace(String claim) throws Exception {
    String told = "urn:uuid:" + UUID.randomUUID();
    String wanted = "\"credentialId\":\"%s\",\"statusPurposes\":[\"revocation\"]}".formatted(told);
    ObjectNode credential = CredentialFixture.withClaim(claim);
    HttpResponse<String> asJwt =
        post(
            "/credentials/issue",
            request("credential", credential, "{\"format\":\"vc+jwt\"," + wanted));
    assertProblem(asJwt, 400, "invalid_credential");
    assertThat(lists.find(told, StatusPurpose.REVOCATION)).isEmpty();

    HttpResponse<String> proved =
        post("/credentials/issue", request("credential", credential, "{" + wanted));
    assertThat(proved.statusCode()).as(proved.body()).isEqualTo(201);
    assertThat(lists.find(told, StatusPurpose.REVOCATION)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"512, 201", "513, 400"})
  void anIdIsNoLongerThanItCanBeFoundBy(int length, int status) throws Exception {
    String id = "urn:" + "é".repeat(length - 4);
    String options = "{\"credentialId\":\"%s\",\"statusPurposes\":[\"revocation\"]}".formatted(id);
    HttpResponse<String> told =
        post("/credentials/issue", request("credential", CredentialFixture.unsecured(), options));
    assertThat(told.statusCode()).as(told.body()).isEqualTo(status);
    HttpResponse<String> own =
        post(
            "/credentials/issue",
            request(
                "credential",
                CredentialFixture.unsecured().put("id", "urn:" + "a".repeat(length - 4)),
                "{\"statusPurposes\":[\"revocation\"]}"));
    assertThat(own.statusCode()).as(own.body()).isEqualTo(status);
  }
}
