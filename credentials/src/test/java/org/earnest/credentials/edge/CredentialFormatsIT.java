package org.earnest.credentials.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.Refusals.assertRefused;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentCertification;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.status.BitstringStatus;
import org.earnest.credentials.status.TokenStatus;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;
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

/** Formats, issuers and their lists over HTTP: issued, verified by who asks, and revoked. */
class CredentialFormatsIT {
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(CredentialFixture.NOW);
  private static final InstantSource CLOCK = NOW::get;
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static ServiceGround ground;

  @SuppressWarnings("NullAway.Init")
  private static StatusLists lists;

  private static final CredentialIssuer ISSUER =
      new CredentialIssuer(FIXTURE.signer, AgentContext.known(), CLOCK);

  private static final LocalSigner P256 = LocalSigner.randomDidKey(KeyType.P256);
  private static final InMemoryDidResolver RESOLVER =
      FIXTURE
          .resolver()
          .with(
              CredentialFixture.document(
                  P256.verificationMethod(),
                  P256.publicKeyMultibase(),
                  VerificationRelationship.ASSERTION_METHOD));
  private static final CredentialIssuer SELECTIVE =
      new CredentialIssuer(
          P256,
          EcdsaSdCryptosuite.of(new LinkedData(AgentContext.known())),
          AgentContext.known(),
          CLOCK);

  @BeforeAll
  static void start() throws Exception {
    ground = new ServiceGround(temporary);
    lists = ground.lists(List.of(ISSUER, SELECTIVE), Optional.empty(), CLOCK);
    ground.serve(new StatusListService(lists, ground.operator()), credentials());
  }

  @AfterAll
  static void stop() {
    ground.close();
  }

  private static CredentialsService credentials() {
    return ground.service(
        List.of(ISSUER, SELECTIVE),
        CredentialVerifier.builder(RESOLVER, AgentContext.known(), CLOCK)
            .envelopes(new Envelopes(List.of(JwtEnvelope.values())))
            .tokenStatus(
                new TokenStatus(
                    CredentialFormatsIT::document, new TokenListVerifier(RESOLVER), CLOCK)),
        Optional.of(lists),
        CLOCK);
  }

  private static DocumentSource.Answer document(URI url, String accept) {
    FetchPolicy policy = FetchPolicy.STRICT.allowing(Set.of(ground.address().toString()));
    try (GuardedFetcher fetcher = new GuardedFetcher(policy)) {
      return new GuardedDocuments(fetcher).get(url, accept);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static HttpResponse<String> change(String body) throws Exception {
    return post("/credentials/status", body, "Authorization", ground.operator().authorization());
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws Exception {
    return VcApi.post(ground.address(), path, body.getBytes(UTF_8), headers);
  }

  /** One that has kept nothing yet, and fetches as a stranger would. */
  private static VerificationOutcome verify(byte[] credential) throws Exception {
    FetchPolicy policy = FetchPolicy.STRICT.allowing(Set.of(ground.address().toString()));
    try (GuardedFetcher fetcher = new GuardedFetcher(policy)) {
      CredentialVerifier ofLists =
          CredentialVerifier.builder(RESOLVER, AgentContext.known(), CLOCK).build();
      return CredentialVerifier.builder(RESOLVER, AgentContext.known(), CLOCK)
          .status(new BitstringStatus(new GuardedDocuments(fetcher), ofLists, CLOCK))
          .build()
          .verify(credential);
    }
  }

  /** A list counts for credentials of its own issuer alone. */
  @Test
  void eachIssuerHasListsOfItsOwn() throws Exception {
    String id = "urn:uuid:" + java.util.UUID.randomUUID();
    ObjectNode unsecured = CredentialFixture.unsecured().put("id", id);
    unsecured.put("issuer", SELECTIVE.issuer().value());
    HttpResponse<String> issued =
        post(
            "/credentials/issue",
            "{\"credential\":%s,\"options\":{\"cryptosuite\":\"ecdsa-sd-2023\",\"statusPurposes\":[\"revocation\"]}}"
                .formatted(unsecured));
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    HttpResponse<String> derived =
        post(
            "/credentials/derive",
            issued
                .body()
                .replaceFirst(
                    "}$", ",\"options\":{\"selectivePointers\":[\"/credentialSubject\"]}}"));
    assertThat(derived.statusCode()).as(derived.body()).isEqualTo(201);
    byte[] shown =
        CredentialFixture.bytes(
            (ObjectNode)
                StrictJson.readTree(derived.body().getBytes(UTF_8)).path("verifiableCredential"));
    assertThat(verify(shown)).isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(
            change(
                    """
                    {"credentialId":"%s","credentialStatus":
                     {"type":"BitstringStatusListEntry","statusPurpose":"revocation"}}
                    """
                        .formatted(id))
                .statusCode())
        .isEqualTo(200);
    assertRefused(verify(shown), CredentialRefusal.REVOKED);
  }

  private static ObjectNode certification() {
    return new AgentCertification(
            FIXTURE.issuer, Optional.empty(), "ISO 26262", Optional.of("ASIL D"))
        .credential(
            CredentialFixture.NOW.minus(Duration.ofDays(1)),
            CredentialFixture.NOW.plus(Duration.ofDays(1)))
        .put("id", "urn:uuid:" + java.util.UUID.randomUUID());
  }

  private static JsonNode inFormat(ObjectNode credential, String options) throws Exception {
    HttpResponse<String> issued =
        post(
            "/credentials/issue",
            "{\"credential\":%s,\"options\":%s}".formatted(credential, options));
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    return StrictJson.readTree(issued.body().getBytes(UTF_8)).path("verifiableCredential");
  }

  private static HttpResponse<String> asked(JsonNode credential) throws Exception {
    return post(
        "/credentials/verify",
        "{\"verifiableCredential\":%s,\"options\":{\"returnCredential\":true}}"
            .formatted(credential));
  }

  @Test
  void anSdJwtIsIssuedVerifiedAndRevokedByItsTokenStatusList() throws Exception {
    String options = "{\"format\":\"dc+sd-jwt\",\"statusPurposes\":[\"revocation\"]}";
    ObjectNode unsecured = certification();
    String id = unsecured.path("id").stringValue();
    JsonNode first = inFormat(unsecured, options);
    JsonNode second = inFormat(certification(), options);
    HttpResponse<String> good = asked(first);
    assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    assertThat(good.body()).contains("\"check\":\"status\"", "\"valid\"", "ISO 26262", id);
    JsonNode claims = StrictJson.readTree(good.body().getBytes(UTF_8)).path("claims");
    URI list = URI.create(claims.at("/status/status_list/uri").stringValue());
    assertThat(VcApi.get(list).headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/statuslist+jwt");
    String all =
        """
        {"credentialId":"%s","credentialStatus":
         {"type":"BitstringStatusListEntry","statusPurpose":"revocation"}}
        """
            .formatted(id);
    assertThat(change(all).statusCode()).isEqualTo(200);
    JsonNode other = StrictJson.readTree(asked(second).body().getBytes(UTF_8)).at("/claims/status");
    assertThat(askedLater(first).body()).contains("\"code\":\"revoked\"");
    assertThat(asked(second).statusCode()).isEqualTo(200);
    assertThat(change("{\"credentialStatus\":" + other + "}").statusCode()).isEqualTo(200);
    assertThat(askedLater(second).body()).contains("\"code\":\"revoked\"");
    assertThat(change("{\"credentialStatus\":" + other + ",\"status\":false}").statusCode())
        .isEqualTo(409);
  }

  private static String order(String id, String purpose, boolean status) {
    return """
        {"credentialId":"%s","status":%s,"credentialStatus":
         {"type":"BitstringStatusListEntry","statusPurpose":"%s"}}
        """
        .formatted(id, status, purpose);
  }

  /** Lets what a verifier keeps of a list end; time never goes back, as lists are kept for all. */
  private static HttpResponse<String> askedLater(JsonNode credential) throws Exception {
    NOW.updateAndGet(now -> now.plus(Duration.ofMinutes(6)));
    return asked(credential);
  }

  @Test
  void anSdJwtIsSuspendedAndReinstatedByTheSameEntryThatRevokesIt() throws Exception {
    ObjectNode unsecured = certification();
    String id = unsecured.path("id").stringValue();
    JsonNode jwt =
        inFormat(
            unsecured,
            "{\"format\":\"dc+sd-jwt\",\"statusPurposes\":[\"revocation\",\"suspension\"]}");
    HttpResponse<String> good = asked(jwt);
    assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    assertThat(change(order(id, "suspension", true)).statusCode()).isEqualTo(200);
    assertThat(askedLater(jwt).body()).contains("\"code\":\"suspended\"");
    // That it is not revoked does not end a suspension.
    assertThat(change(order(id, "revocation", false)).statusCode()).isEqualTo(200);
    assertThat(askedLater(jwt).body()).contains("\"code\":\"suspended\"");
    assertThat(change(order(id, "suspension", false)).statusCode()).isEqualTo(200);
    assertThat(askedLater(jwt).statusCode()).isEqualTo(200);
    assertThat(change(order(id, "suspension", true)).statusCode()).isEqualTo(200);
    assertThat(change(order(id, "revocation", true)).statusCode()).isEqualTo(200);
    assertThat(askedLater(jwt).body()).contains("\"code\":\"revoked\"");
    for (boolean suspended : List.of(true, false)) {
      assertThat(change(order(id, "suspension", suspended)).statusCode()).isEqualTo(409);
    }
    assertThat(askedLater(jwt).body()).contains("\"code\":\"revoked\"");
  }

  @Test
  void anSdJwtsPlaceIsToldItsValue() throws Exception {
    JsonNode jwt =
        inFormat(certification(), "{\"format\":\"dc+sd-jwt\",\"statusPurposes\":[\"suspension\"]}");
    JsonNode place = StrictJson.readTree(asked(jwt).body().getBytes(UTF_8)).at("/claims/status");
    String body = "{\"credentialStatus\":" + place + ",\"status\":%s}";
    assertThat(change(body.formatted("2")).statusCode()).isEqualTo(200);
    assertThat(askedLater(jwt).body()).contains("\"code\":\"suspended\"");
    assertThat(change(body.formatted("0")).statusCode()).isEqualTo(200);
    assertThat(askedLater(jwt).statusCode()).isEqualTo(200);
    for (String none : List.of("3", "4", "-1")) {
      assertThat(change(body.formatted(none)).statusCode()).as(none).isEqualTo(400);
    }
    assertThat(change(body.formatted("1")).statusCode()).isEqualTo(200);
    assertThat(change(body.formatted("2")).statusCode()).isEqualTo(409);
    assertThat(askedLater(jwt).body()).contains("\"code\":\"revoked\"");
  }

  @Test
  void aCredentialIsIssuedAsAJwtWithItsStatus() throws Exception {
    JsonNode enveloped =
        inFormat(certification(), "{\"format\":\"vc+jwt\",\"statusPurposes\":[\"suspension\"]}");
    assertThat(enveloped.path("type").asString()).isEqualTo("EnvelopedVerifiableCredential");
    // This service's verifier asks nobody about bitstrings, so a stranger does.
    assertThat(asked(enveloped).body()).contains("\"code\":\"status_unsupported\"");
    JsonNode plain = inFormat(certification(), "{\"format\":\"vc+jwt\"}");
    assertThat(asked(plain).statusCode()).isEqualTo(200);
  }

  @Test
  void claimsAreSignedAsTheyStandByTheIssuerTheyName() throws Exception {
    ObjectNode claims = StrictJson.mapper().createObjectNode().put("vct", "urn:example:badge");
    claims.put("iss", SELECTIVE.issuer().value()).put("level", 3);
    HttpResponse<String> verified = asked(inFormat(claims, "{\"format\":\"dc+sd-jwt\"}"));
    assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);
    assertThat(verified.body()).contains(SELECTIVE.issuer().value(), "\"level\":3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'vct':'urn:a'} | {'format':'jwt_vc'} | option_unsupported",
        "{'vct':'urn:a'} | {'format':'dc+sd-jwt','cryptosuite':'eddsa-jcs-2022'} | option_unsupported",
        "{'vct':'urn:a'} | {'format':'dc+sd-jwt','statusPurposes':['refresh']} | invalid_request",
        "{'vct':'urn:a'} | {'format':'dc+sd-jwt','statusPurposes':['suspension','refresh']} | invalid_request",
        "{'vct':'urn:a','status':{}} | {'format':'dc+sd-jwt','statusPurposes':['revocation']} | invalid_request",
        "{'vct':'urn:a','iss':'did:example:other'} | {'format':'dc+sd-jwt'} | issuer_mismatch",
        "{'vct':'urn:a','cnf':{'jwk':{}}} | {'format':'dc+sd-jwt'} | key_unsupported",
        "{'vct':'urn:a','_sd':['x']} | {'format':'dc+sd-jwt'} | invalid_credential",
        "{'vct':'urn:a','exp':'soon'} | {'format':'dc+sd-jwt'} | proof_malformed",
        "{'claim':1} | {'format':'dc+sd-jwt'} | invalid_credential",
        "{'vct':'https://earnest.example/contexts/agent/v1#SettlementReceiptCredential'} | {'format':'dc+sd-jwt'} | type_reserved"
      })
  void whatNoSdJwtCanSayIsRefused(String credential, String options, String code) throws Exception {
    String body = "{\"credential\":%s,\"options\":%s}".formatted(credential, options);
    assertThat(post("/credentials/issue", body.replace('\'', '"')).body())
        .contains("\"code\":\"" + code + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evidence", "issuer", "type", "credentialSubject", "exp"})
  void whatHasNoClaimIsNotLostOnTheWay(String member) throws Exception {
    ObjectNode credential = certification();
    switch (member) {
      case "evidence" -> credential.putObject("evidence").put("type", "Evidence");
      case "issuer" -> credential.putObject("issuer").put("id", FIXTURE.issuer.value());
      case "type" -> credential.withArray("type").add("AgentRoleCredential");
      case "credentialSubject" ->
          credential.putArray("credentialSubject").addObject().put("id", "did:example:a");
      default -> ((ObjectNode) credential.path("credentialSubject")).put("exp", 4_102_444_800L);
    }
    String body =
        "{\"credential\":%s,\"options\":{\"format\":\"dc+sd-jwt\"}}".formatted(credential);
    assertThat(post("/credentials/issue", body).statusCode()).isEqualTo(400);
  }
}
