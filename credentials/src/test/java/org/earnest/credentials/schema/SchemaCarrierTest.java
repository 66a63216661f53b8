package org.earnest.credentials.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Refusals;
import org.earnest.credentials.StatusCheck;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.status.ListServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Verifiable Credentials JSON Schema §2.2, through the whole verifier. */
class SchemaCarrierTest {
  private static final URI CARRIER = URI.create("https://schemas.example/credentials/1");
  private static final URI OTHER = URI.create("https://schemas.example/credentials/2");

  private final CredentialFixture fixture = new CredentialFixture();
  private final ListServer server = new ListServer();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  /** Signed by the issuer; about what the required member says. */
  private ObjectNode carrier(URI id, String required, Consumer<ObjectNode> change) {
    return fixture.signed(
        json -> {
          json.put("id", id.toString());
          json.putArray("type").add("VerifiableCredential").add("JsonSchemaCredential");
          ObjectNode subject = json.putObject("credentialSubject");
          subject.put("id", "https://schemas.example/agent.json").put("type", "JsonSchema");
          ObjectNode schema = subject.putObject("jsonSchema");
          schema
              .put("$schema", "https://json-schema.org/draft/2020-12/schema")
              .put("type", "object")
              .putArray("required")
              .add(required);
          change.accept(json);
        },
        proof -> {});
  }

  private void publish(URI url, ObjectNode carrier) {
    server.with(url, SignableJson.write(carrier));
  }

  private ObjectNode naming(URI... carriers) {
    return fixture.signed(
        json -> {
          var schemas = json.putArray("credentialSchema");
          Stream.of(carriers)
              .forEach(
                  id ->
                      schemas
                          .addObject()
                          .put("id", id.toString())
                          .put("type", "JsonSchemaCredential"));
        },
        proof -> {});
  }

  private VerificationOutcome verify(ObjectNode credential) {
    return verify(credential, StatusCheck.NONE);
  }

  private VerificationOutcome verify(ObjectNode credential, StatusCheck status) {
    return verifier(new JsonSchemaCheck(Map.of(), server), status).verify(bytes(credential));
  }

  private CredentialVerifier verifier(JsonSchemaCheck check, StatusCheck status) {
    return CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), now::get)
        .schema(check)
        .status(status)
        .build();
  }

  private static void assertRefused(VerificationOutcome outcome, CredentialRefusal refusal) {
    Refusals.assertRefused(outcome, refusal, Stage.SCHEMA);
  }

  @Test
  void aCredentialObeysACarriedSchemaOrIsRefused() {
    publish(CARRIER, carrier(CARRIER, "credentialSubject", json -> {}));
    assertThat(verify(naming(CARRIER))).isInstanceOf(VerificationOutcome.Verified.class);
    publish(CARRIER, carrier(CARRIER, "evidence", json -> {}));
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_MISMATCH);
  }

  @Test
  void ofTwoSchemasBothAreToBeObeyed() {
    publish(CARRIER, carrier(CARRIER, "credentialSubject", json -> {}));
    publish(OTHER, carrier(OTHER, "issuer", json -> {}));
    assertThat(verify(naming(CARRIER, OTHER))).isInstanceOf(VerificationOutcome.Verified.class);
    publish(OTHER, carrier(OTHER, "evidence", json -> {}));
    assertRefused(verify(naming(CARRIER, OTHER)), CredentialRefusal.SCHEMA_MISMATCH);
    assertRefused(verify(naming(OTHER, CARRIER)), CredentialRefusal.SCHEMA_MISMATCH);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        bad("no type of a schema's", json -> json.putArray("type").add("VerifiableCredential")),
        bad("another id", json -> json.put("id", OTHER.toString())),
        bad("no id", json -> json.remove("id")),
        bad("over", json -> json.put("validUntil", NOW.minusSeconds(3600).toString())),
        bad("not begun", json -> json.put("validFrom", NOW.plusSeconds(3600).toString())),
        bad("another's", json -> json.put("issuer", "did:example:another")),
        bad("another subject", json -> subject(json).put("type", "JsonSchemaCredential")),
        bad("no schema", json -> subject(json).remove("jsonSchema")),
        bad("a schema by name", json -> subject(json).put("jsonSchema", "https://a.example/s")),
        bad(
            "two schemas",
            json -> {
              ObjectNode one = subject(json).deepCopy();
              json.putArray("credentialSubject")
                  .add(one)
                  .add(one.deepCopy().put("id", "https://schemas.example/other.json"));
            }),
        bad(
            "more than may be fetched",
            json -> {
              var statuses = json.putArray("credentialStatus");
              for (int i = 0; i < 200; i++) {
                statuses
                    .addObject()
                    .put("type", "BitstringStatusListEntry")
                    .put("statusPurpose", "revocation")
                    .put("statusListIndex", Integer.toString(i))
                    .put("statusListCredential", "https://lists.example/" + i);
              }
            }));
  }

  private static Arguments bad(String how, Consumer<ObjectNode> change) {
    return Arguments.of(how, change);
  }

  private static ObjectNode subject(ObjectNode json) {
    return (ObjectNode) json.path("credentialSubject");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void aCarrierThatDoesNotCountIsRefused(String how, Consumer<ObjectNode> change) {
    publish(CARRIER, carrier(CARRIER, "credentialSubject", change));
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_INVALID);
    assertThat(server.asked).as(how).hasValue(1);
  }

  @Test
  void aSchemaThatWasChangedAfterItWasSignedIsRefused() {
    ObjectNode tampered = carrier(CARRIER, "evidence", json -> {});
    ((ObjectNode) subject(tampered).path("jsonSchema")).putArray("required");
    publish(CARRIER, tampered);
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_INVALID);
    tampered.remove("proof");
    publish(CARRIER, tampered);
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_INVALID);
    server.with(CARRIER, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}");
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_INVALID);
  }

  @Test
  void aCarriersOwnSchemaIsNotFollowed() {
    publish(CARRIER, carrier(CARRIER, "evidence", json -> addSchema(json, OTHER)));
    publish(OTHER, carrier(OTHER, "issuer", json -> addSchema(json, CARRIER)));
    assertThat(verify(naming(OTHER))).isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(server.asked).hasValue(1);
  }

  /** It says of itself in two places what it is. */
  @Test
  void aCarrierThatNamesItselfIsRefused() {
    ObjectNode itself = carrier(CARRIER, "issuer", json -> addSchema(json, CARRIER));
    publish(CARRIER, itself);
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_INVALID);
    assertThat(server.asked).hasValue(1);
    assertThat(verify(itself)).isInstanceOf(VerificationOutcome.Refused.class);
    assertThat(server.asked).hasValue(1);
  }

  private static void addSchema(ObjectNode json, URI id) {
    json.putObject("credentialSchema").put("id", id.toString()).put("type", "JsonSchemaCredential");
  }

  @ParameterizedTest
  @EnumSource(names = {"REVOKED", "SUSPENDED", "STATUS_UNAVAILABLE"})
  void aCarriersStatusIsAskedFor(CredentialRefusal said) {
    publish(
        CARRIER,
        carrier(
            CARRIER,
            "issuer",
            json -> json.putObject("credentialStatus").put("type", "BitstringStatusListEntry")));
    assertRefused(
        verify(
            naming(CARRIER),
            (credential, when) -> {
              throw new InvalidCredentialException(said, "its issuer says so");
            }),
        said == CredentialRefusal.STATUS_UNAVAILABLE
            ? CredentialRefusal.SCHEMA_UNAVAILABLE
            : CredentialRefusal.SCHEMA_INVALID);
    assertThat(verify(naming(CARRIER), (credential, when) -> "good"))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  /** It is fetched once, and judged each time. */
  @Test
  void aCarrierThatIsKeptEndsAllTheSame() {
    publish(
        CARRIER,
        carrier(
            CARRIER,
            "issuer",
            json -> json.put("validUntil", NOW.plus(Duration.ofMinutes(2)).toString())));
    CredentialVerifier verifier = verifier(new JsonSchemaCheck(Map.of(), server), StatusCheck.NONE);
    byte[] credential = bytes(naming(CARRIER));
    assertThat(verifier.verify(credential)).isInstanceOf(VerificationOutcome.Verified.class);
    now.set(NOW.plus(Duration.ofMinutes(4)));
    assertRefused(verifier.verify(credential), CredentialRefusal.SCHEMA_INVALID);
    assertThat(server.asked).hasValue(1);
  }

  @Test
  void aCarrierThatIsHeldIsNeverFetched() {
    String text = SignableJson.write(carrier(CARRIER, "issuer", json -> {}));
    JsonSchemaCheck check =
        new JsonSchemaCheck(Map.of(CARRIER.toString(), text), DocumentSource.none());
    assertThat(verifier(check, StatusCheck.NONE).verify(bytes(naming(CARRIER))))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  @Test
  void aCarrierThatCannotBeHadFailsClosed() {
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_UNAVAILABLE);
    server.fails(CARRIER);
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_UNAVAILABLE);
  }

  @Test
  void aCarriedSchemaIsAsStrictAsAPlainOne() {
    publish(
        CARRIER,
        carrier(
            CARRIER,
            "issuer",
            json ->
                ((ObjectNode) subject(json).path("jsonSchema"))
                    .put("$ref", "https://other.example/schema.json")));
    assertRefused(verify(naming(CARRIER)), CredentialRefusal.SCHEMA_UNSUPPORTED);
    assertThat(server.asked).hasValue(1);
  }
}
