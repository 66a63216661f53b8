package org.earnest.credentials.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.earnest.core.identity.Did;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.schema.JsonSchemaCheck;
import org.earnest.credentials.status.BitstringStatus;
import org.earnest.credentials.status.TokenStatus;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.testkit.fetch.SsrfVectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where a stranger's credential would like us to ask: nobody is asked inside. */
class GuardedDocumentsTest {
  private static final GuardedFetcher FETCHER = new GuardedFetcher(FetchPolicy.STRICT);
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  private static final Did ISSUER = FIXTURE.issuer;
  private final List<DocumentSource.Answer> answers = new ArrayList<>();
  private final DocumentSource source = this::get;

  @AfterAll
  static void close() throws IOException {
    FETCHER.close();
  }

  private static List<SsrfVectors.Url> urls() {
    return SsrfVectors.read().urls();
  }

  private DocumentSource.Answer get(URI uri, String accept) {
    DocumentSource.Answer answer = new GuardedDocuments(FETCHER).get(uri, accept);
    answers.add(answer);
    return answer;
  }

  private void assertRefused(ThrowingCallable check) {
    assertThatExceptionOfType(InvalidCredentialException.class).isThrownBy(check);
    assertThat(answers).allMatch(DocumentSource.Answer.Refused.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aBitstringStatusListLeadsNowhere(SsrfVectors.Url vector) {
    ObjectNode status =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "BitstringStatusListEntry")
            .put("statusPurpose", "revocation")
            .put("statusListIndex", "0")
            .put("statusListCredential", vector.url());
    BitstringStatus statuses =
        new BitstringStatus(source, FIXTURE.verifier(), CredentialFixture.CLOCK);
    assertRefused(() -> statuses.check(ISSUER, status));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aTokenStatusListLeadsNowhere(SsrfVectors.Url vector) {
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.putObject("status").putObject("status_list").put("idx", 0).put("uri", vector.url());
    TokenStatus statuses =
        new TokenStatus(source, new TokenListVerifier(FIXTURE.resolver()), CredentialFixture.CLOCK);
    assertRefused(() -> statuses.check(ISSUER, claims));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aSchemaLeadsNowhere(SsrfVectors.Url vector) {
    assertSchemaLeadsNowhere("JsonSchema", vector);
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aSchemasCredentialLeadsNowhere(SsrfVectors.Url vector) {
    assertSchemaLeadsNowhere("JsonSchemaCredential", vector);
  }

  private void assertSchemaLeadsNowhere(String type, SsrfVectors.Url vector) {
    ObjectNode json = CredentialFixture.unsecured().put("issuer", ISSUER.value());
    json.putObject("credentialSchema").put("id", vector.url()).put("type", type);
    assertRefused(
        () ->
            new JsonSchemaCheck(Map.of(), source)
                .check(
                    Credential.parse(json, AgentContext.known()),
                    carrier -> {
                      throw new AssertionError("nothing was had that could be verified");
                    }));
  }
}
