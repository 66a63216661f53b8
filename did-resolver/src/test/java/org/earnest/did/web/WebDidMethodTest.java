package org.earnest.did.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.did.DidMethod;
import org.earnest.did.DidMethodContract;
import org.earnest.did.fetch.DocumentFetcher;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebDidMethodTest extends DidMethodContract {
  private static final Did DID = new Did("did:web:agent.example");
  private static final String KEY = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

  /** Every host publishes one key under its own DID. */
  private static Answer publish(URI uri) {
    String path =
        uri.getRawPath().replaceFirst("/did\\.json$", "").replaceFirst("^/\\.well-known$", "");
    String did = "did:web:" + uri.getRawAuthority().replace(":", "%3A") + path.replace('/', ':');
    return json(document(did));
  }

  private static String document(String did) {
    return """
        {"id": "%1$s",
         "verificationMethod":
           [{"id": "#key", "type": "Multikey", "controller": "%1$s", "publicKeyMultibase": "%2$s"}],
         "assertionMethod": ["%1$s#key"],
         "unheardOf": {"a": [1.5]}}
        """
        .formatted(did, KEY);
  }

  private static Answer json(String body) {
    return new Answer.Received(200, Optional.of("application/did+json; charset=utf-8"), body);
  }

  private static DidResolution resolve(Answer answer) {
    return new WebDidMethod((uri, accept) -> answer).resolve(DID);
  }

  private static void assertRefused(DidResolution resolution, ErrorType error) {
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DidResolution.Refused.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }

  @Override
  protected DidMethod method() {
    DocumentFetcher web = (uri, accept) -> publish(uri);
    return new WebDidMethod(web);
  }

  @Override
  protected List<String> valid() {
    return List.of(
        "did:web:agent.example",
        "did:web:agent.example:agents:7",
        "did:web:agent.example%3A8443:a%20b",
        "did:web:localhost%3A8443");
  }

  @Override
  protected List<String> malformed() {
    return List.of("did:web:agent.example::a", "did:web:127.0.0.1", "did:web:-a.example");
  }

  @ParameterizedTest
  @CsvSource({
    "agent.example, https://agent.example/.well-known/did.json",
    "Agent.Example, https://agent.example/.well-known/did.json",
    "agent.example:agents:7, https://agent.example/agents/7/did.json",
    "agent.example%3A8443, https://agent.example:8443/.well-known/did.json",
    "agent.example%3a8443:a%C3%A9, https://agent.example:8443/a%C3%A9/did.json",
  })
  void aDidIsAFileOfTheWeb(String id, String file) {
    assertThat(WebLocation.parse(id).file("did.json")).hasToString(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "a.example:",
        "a..example",
        ".example",
        "a.example.",
        "a_b.example",
        "%61.example",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "a.0x7f",
        "1",
        "127.0.0.1%3A80",
        "[::1]",
        "%5B%3A%3A1%5D",
        "a.example%3A",
        "a.example%3A0",
        "a.example%3A65536",
        "a.example%3A080",
        "a.example%3A80%3A80",
        "a.example%40b.example",
        "user%3Apass%40a.example",
        "a.example%2Fb",
        "a.example%23b",
        "a.example%3Fb",
        "a.example%00",
        "a.example%0d%0a",
        "a.example:..",
        "a.example:.",
        "a.example:%2e%2e",
        "a.example:%2E.",
        "a.example:a%2Fb",
        "a.example:a%5Cb",
        "a.example:%252e%252e",
        "a.example:a%00",
        "a.example:a%0a",
        "a.example:a%7F",
        "a.example:a::b",
        "\u00e4.example",
        "a.example:\u00e4",
        "a\uff0eexample",
        "127\u30020\u30020\u30021",
      })
  void whatCouldLeadElsewhereIsNoLocation(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> WebLocation.parse(id));
  }

  @Test
  void aNameOfGreatLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebLocation.parse("a.".repeat(200) + "example"));
  }

  @Test
  void theDocumentIsPassedOnAsItWasPublished() {
    assertThat(resolve(json(document(DID.value()))))
        .isInstanceOfSatisfying(
            DidResolution.Resolved.class,
            resolved ->
                assertThat(resolved.published().orElseThrow()).contains("unheardOf", "1.5"));
  }

  @Test
  void namesWhatTheHostDoesWrong() {
    assertRefused(resolve(new Answer.Forbidden("private")), ErrorType.NOT_FOUND);
    assertRefused(resolve(new Answer.Unreadable("large")), ErrorType.INVALID_DID_DOCUMENT);
    assertRefused(resolve(new Answer.Unavailable("late")), ErrorType.INTERNAL_ERROR);
    for (int status : List.of(404, 410)) {
      assertRefused(
          resolve(new Answer.Received(status, Optional.empty(), "")), ErrorType.NOT_FOUND);
    }
    for (int status : List.of(201, 204, 401, 429, 500, 503)) {
      assertRefused(
          resolve(new Answer.Received(status, Optional.of("application/json"), "{}")),
          ErrorType.INTERNAL_ERROR);
    }
    for (Optional<String> type :
        List.of(Optional.<String>empty(), Optional.of("text/html"), Optional.of("text/plain"))) {
      assertRefused(
          resolve(new Answer.Received(200, type, document(DID.value()))),
          ErrorType.INVALID_DID_DOCUMENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{} {}",
        "{}",
        "{\"id\": 7}",
        "{\"id\": \"did:web:other.example\"}",
        "{\"id\": \"did:web:agent.example\", \"id\": \"did:web:agent.example\"}",
        "{\"id\": \"did:web:agent.example\", \"service\": {}}",
        "{\"id\": \"did:web:agent.example\", \"service\": [{}]}",
        "{\"id\": \"did:web:agent.example\", \"alsoKnownAs\": [1]}",
        "{\"id\": \"did:web:agent.example\", \"verificationMethod\": [1]}",
        "{\"id\": \"did:web:agent.example\", \"verificationMethod\": [{\"id\": \"#a\"}]}",
        "{\"id\": \"did:web:agent.example\", \"authentication\": [{\"id\": \"x\"}]}",
        "{\"id\": \"did:web:agent.example\", \"authentication\": [7]}",
        "{\"id\": \"did:web:agent.example\", \"verificationMethod\": [{\"id\": \"#a\","
            + " \"type\": \"JsonWebKey\", \"controller\": \"did:web:agent.example\","
            + " \"publicKeyJwk\": {\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"x\": \"AA\"}}]}",
      })
  void refusesWhatIsNoDocumentOfThisDid(String body) {
    assertRefused(resolve(json(body)), ErrorType.INVALID_DID_DOCUMENT);
  }

  @Test
  void refusesDepthSizeAndMultitude() {
    String id = "{\"id\": \"" + DID + "\", \"a\": ";
    assertRefused(
        resolve(json(id + "[".repeat(100_000) + "]".repeat(100_000) + "}")),
        ErrorType.INVALID_DID_DOCUMENT);
    assertRefused(
        resolve(json(id + "\"" + "x".repeat(300 * 1024) + "\"}")), ErrorType.INVALID_DID_DOCUMENT);
    assertRefused(
        resolve(
            json(
                "{\"id\": \""
                    + DID
                    + "\", \"alsoKnownAs\": ["
                    + "\"a:b\",".repeat(600)
                    + "\"c\"]}")),
        ErrorType.INVALID_DID_DOCUMENT);
  }

  @Test
  void aKeyOfAnotherDidIsNotVouchedFor() {
    DidResolution resolution =
        resolve(
            json("{\"id\": \"" + DID + "\", \"authentication\": [\"did:web:other.example#key\"]}"));
    assertThat(resolved(resolution).relationships()).isEmpty();
  }
}
