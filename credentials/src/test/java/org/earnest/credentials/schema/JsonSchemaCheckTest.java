package org.earnest.credentials.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.bytes;

import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Refusals;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.status.ListServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Verifiable Credentials JSON Schema §2.1, through the whole verifier. */
class JsonSchemaCheckTest {
  private static final URI SCHEMA = URI.create("https://schemas.example/agent.json");
  private static final String DIALECT =
      "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"";

  private final CredentialFixture fixture = new CredentialFixture();
  private final ListServer server = new ListServer();

  private VerificationOutcome verify(Consumer<ObjectNode> change) {
    return verify(new JsonSchemaCheck(Map.of(), server), change);
  }

  private VerificationOutcome verify(JsonSchemaCheck check, Consumer<ObjectNode> change) {
    ObjectNode credential =
        fixture.signed(
            json -> {
              ObjectNode schema = json.putObject("credentialSchema");
              schema.put("id", SCHEMA.toString()).put("type", "JsonSchema");
              change.accept(schema);
            },
            proof -> {});
    return CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), CLOCK)
        .schema(check)
        .build()
        .verify(bytes(credential));
  }

  private void assertRefused(CredentialRefusal refusal) {
    assertRefused(verify(schema -> {}), refusal);
  }

  private static void assertRefused(VerificationOutcome outcome, CredentialRefusal refusal) {
    Refusals.assertRefused(outcome, refusal, Stage.SCHEMA);
  }

  private void publish(String members) {
    server.with(SCHEMA, "{" + DIALECT + "," + members + "}");
  }

  @Test
  void aCredentialObeysOrIsRefused() {
    publish("\"required\":[\"issuer\",\"credentialSubject\"]");
    assertThat(verify(schema -> {})).isInstanceOf(VerificationOutcome.Verified.class);
    publish("\"properties\":{\"credentialSubject\":{\"required\":[\"emailAddress\"]}}");
    assertRefused(CredentialRefusal.SCHEMA_MISMATCH);
  }

  @Test
  void aSchemaIsFetchedOnceForMany() {
    publish("\"type\":\"object\"");
    JsonSchemaCheck check = new JsonSchemaCheck(Map.of(), server);
    for (int i = 0; i < 3; i++) {
      assertThat(verify(check, schema -> {})).isInstanceOf(VerificationOutcome.Verified.class);
    }
    assertThat(server.asked).hasValue(1);
  }

  @Test
  void tooManySchemasAreRefusedBeforeAnyIsFetched() {
    ObjectNode credential =
        fixture.signed(
            json -> {
              var schemas = json.putArray("credentialSchema");
              for (int i = 0; i <= JsonSchemaCheck.MAX_SCHEMAS; i++) {
                schemas.addObject().put("id", SCHEMA + "?" + i).put("type", "JsonSchema");
              }
            },
            proof -> {});
    assertRefused(
        CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), CLOCK)
            .schema(new JsonSchemaCheck(Map.of(), server))
            .build()
            .verify(bytes(credential)),
        CredentialRefusal.INVALID_CREDENTIAL);
    assertThat(server.asked).hasValue(0);
  }

  @Test
  void aShippedSchemaIsNeverFetched() {
    JsonSchemaCheck check =
        new JsonSchemaCheck(
            Map.of(SCHEMA.toString(), "{" + DIALECT + ",\"type\":\"object\"}"),
            DocumentSource.none());
    assertThat(verify(check, schema -> {})).isInstanceOf(VerificationOutcome.Verified.class);
  }

  @Test
  void aSchemaThatCannotBeHadFailsClosed() {
    assertRefused(CredentialRefusal.SCHEMA_UNAVAILABLE);
    server.fails(SCHEMA);
    assertRefused(CredentialRefusal.SCHEMA_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"$ref\":\"https://other.example/schema.json\"",
        "\"$ref\":\"other.json\"",
        "\"$ref\":\"file:///etc/passwd\"",
        "\"properties\":{\"a\":{\"items\":{\"$ref\":\"http://127.0.0.1/\"}}}",
        "\"$dynamicRef\":\"https://other.example/schema.json#x\"",
        "\"$ref\":\"#anchor\",\"$anchor\":\"anchor\"",
        "\"$ref\":\"#/$defs/%61\",\"$defs\":{\"a\":{},\"%61\":{}}",
        "\"$ref\":\"#/nowhere\"",
        "\"$defs\":{\"a\":{\"$id\":\"https://other.example/inner\",\"type\":\"object\"}}"
      })
  void aSchemaThatRefersToAnotherIsRefusedAndNothingIsFetched(String members) {
    publish(members);
    assertRefused(CredentialRefusal.SCHEMA_UNSUPPORTED);
    assertThat(server.asked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "{}",
        "{\"$schema\":\"https://json-schema.org/draft/2099/schema\"}",
        "{\"$schema\":\"http://json-schema.org/draft-04/schema#\"}",
        "{\"$schema\":7}",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"type\":\"array\"}",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"properties\":{\"id\":{\"pattern\":\"(\"}}}"
      })
  void whatIsNoUsableSchemaIsRefused(String text) {
    server.with(SCHEMA, text);
    assertRefused(CredentialRefusal.SCHEMA_UNSUPPORTED);
  }

  @Test
  void aPatternThatWouldTakeForEverIsCutOff() {
    publish(
        "\"properties\":{\"credentialSubject\":{\"properties\":{\"id\":{\"pattern\":\"^(([a-z0-9:x]+)+)+!$\"}}}}");
    assertRefused(CredentialRefusal.SCHEMA_UNSUPPORTED);
  }

  @Test
  void aSchemaThatRefersToItselfWithoutEndIsRefused() {
    publish("\"$ref\":\"#\"");
    assertRefused(CredentialRefusal.SCHEMA_UNSUPPORTED);
    publish(
        "\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"not\":{\"$ref\":\"#/$defs/a\"}}}");
    assertRefused(CredentialRefusal.SCHEMA_UNSUPPORTED);
  }

  @Test
  void aSchemaMayReferToItsOwnParts() {
    publish(
        "\"properties\":{\"id\":{\"$ref\":\"#/$defs/text\"}},\"$defs\":{\"text\":{\"type\":\"string\"}}");
    assertThat(verify(schema -> {})).isInstanceOf(VerificationOutcome.Verified.class);
  }

  /** Each level asks twice for the next. */
  @Test
  @Timeout(60)
  void aSchemaThatDoublesWithEachLevelIsRefused() {
    StringBuilder levels = new StringBuilder();
    for (int level = 0; level < 40; level++) {
      levels.append(
          "\"a%1$d\":{\"allOf\":[{\"$ref\":\"#/$defs/a%2$d\"},{\"$ref\":\"#/$defs/a%2$d\"}]},"
              .formatted(level, level + 1));
    }
    publish("\"$ref\":\"#/$defs/a0\",\"$defs\":{" + levels + "\"a40\":{\"type\":\"object\"}}");
    assertRefused(CredentialRefusal.SCHEMA_UNSUPPORTED);
  }

  /** Each is cheap enough by itself. */
  @Test
  void allPatternsOfAValidationShareOneBudget() {
    String all =
        String.join(",", java.util.Collections.nCopies(900, "{\"pattern\":\"(.*.*!)|^\"}"));
    publish("\"properties\":{\"issuer\":{\"pattern\":\"(.*.*!)|^\"}}");
    assertThat(verify(schema -> {})).isInstanceOf(VerificationOutcome.Verified.class);
    publish("\"properties\":{\"issuer\":{\"allOf\":[" + all + "]}}");
    assertRefused(CredentialRefusal.SCHEMA_UNSUPPORTED);
  }

  @Test
  void aSchemaIsTheOneOfItsDigest() throws Exception {
    publish("\"type\":\"object\"");
    String text = ((DocumentSource.Answer.Received) server.get(SCHEMA, "")).body();
    String digest =
        "sha384-"
            + Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-384").digest(text.getBytes(UTF_8)));
    assertThat(verify(schema -> schema.put("digestSRI", digest)))
        .isInstanceOf(VerificationOutcome.Verified.class);
    publish("\"type\":[\"object\",\"array\"]");
    assertRefused(
        verify(schema -> schema.put("digestSRI", digest)), CredentialRefusal.SCHEMA_MISMATCH);
    assertRefused(
        verify(schema -> schema.put("digestSRI", "sha256-AA")), CredentialRefusal.SCHEMA_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VerifiableCredential", "https://types.example/Schema", "urn:schema"})
  void anotherKindOfSchemaIsRefused(String type) {
    publish("\"type\":\"object\"");
    assertRefused(verify(schema -> schema.put("type", type)), CredentialRefusal.SCHEMA_UNSUPPORTED);
  }
}
