package org.earnest.credentials.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.earnest.bindings.integrity.CanonicalJson;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.InvalidCredentialException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AnchoredContentTest {
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  private static final Instant NOW = CredentialFixture.NOW;
  private static final URI LIST = URI.create("https://issuer.example/status/1");

  private static Statuses statuses(Statuses.Order order, int set) {
    Statuses statuses = Statuses.zeros(order, 1, BitstringList.MIN_ENTRIES);
    statuses.set(set, 1);
    return statuses;
  }

  private static String bitstring(URI url, StatusPurpose purpose, int set, Instant now) {
    CredentialIssuer issuer = new CredentialIssuer(FIXTURE.signer, AgentContext.known(), () -> now);
    return new BitstringPublication(issuer)
        .sign(url, purpose, statuses(Statuses.Order.LEFT_FIRST, set), now);
  }

  private static String token(URI url, int set, Instant now) {
    Statuses statuses = statuses(Statuses.Order.RIGHT_FIRST, set);
    return TokenList.sign(
        url, statuses, Duration.ofMinutes(1), Duration.ofHours(6), now, FIXTURE.signer);
  }

  @Test
  void ofACredentialTimesAndProofAreLeftOutAndNothingElse() throws Exception {
    byte[] content = AnchoredContent.of(bitstring(LIST, StatusPurpose.REVOCATION, 7, NOW));
    Instant later = NOW.plus(Duration.ofHours(3));
    assertThat(new String(content, UTF_8))
        .startsWith("{\"credentialSubject\":{\"encodedList\":\"u")
        .endsWith(
            "\"statusPurpose\":\"revocation\",\"type\":\"BitstringStatusList\"},\"id\":\"%s\",\"issuer\":\"%s\"}"
                .formatted(LIST, FIXTURE.issuer));
    assertThat(AnchoredContent.of(bitstring(LIST, StatusPurpose.REVOCATION, 7, later)))
        .isEqualTo(content);
    assertThat(AnchoredContent.of(bitstring(LIST, StatusPurpose.REVOCATION, 8, NOW)))
        .isNotEqualTo(content);
    assertThat(AnchoredContent.of(bitstring(LIST, StatusPurpose.SUSPENSION, 7, NOW)))
        .isNotEqualTo(content);
    assertThat(AnchoredContent.of(bitstring(LIST.resolve("2"), StatusPurpose.REVOCATION, 7, NOW)))
        .isNotEqualTo(content);
  }

  @Test
  void ofAListOfTokensTimesAndSignatureAreLeftOutAndNothingElse() throws Exception {
    byte[] content = AnchoredContent.of(token(LIST, 7, NOW));
    assertThat(new String(content, UTF_8))
        .startsWith(
            "{\"iss\":\"%s\",\"status_list\":{\"bits\":1,\"lst\":\"".formatted(FIXTURE.issuer))
        .endsWith("\"},\"sub\":\"%s\"}".formatted(LIST));
    assertThat(AnchoredContent.of(token(LIST, 7, NOW.plus(Duration.ofHours(3)))))
        .isEqualTo(content);
    assertThat(AnchoredContent.of(token(LIST, 8, NOW))).isNotEqualTo(content);
    assertThat(AnchoredContent.of(token(LIST.resolve("2"), 7, NOW))).isNotEqualTo(content);
  }

  /** By the steps that docs/registries.md gives a reader. */
  @Test
  void aReaderComputesItFromWhatIsServed() throws Exception {
    String credential = bitstring(LIST, StatusPurpose.REVOCATION, 7, NOW);
    ObjectNode json = CanonicalJson.read(credential.getBytes(UTF_8));
    json.retain(List.of("id", "issuer", "credentialSubject"));
    assertThat(AnchoredContent.of(credential)).isEqualTo(CanonicalJson.canonicalize(json));
    String token = token(LIST, 7, NOW);
    String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    ObjectNode claims = CanonicalJson.read(Base64.getUrlDecoder().decode(payload));
    claims.retain(List.of("iss", "sub", "status_list"));
    assertThat(AnchoredContent.of(token)).isEqualTo(CanonicalJson.canonicalize(claims));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.b.c",
        "{}",
        "{\"id\":\"a:b\",\"issuer\":\"did:a:b\"}",
        "{\"id\":\"a:b\",\"id\":\"a:c\",\"issuer\":\"did:a:b\",\"credentialSubject\":{}}"
      })
  void whatIsNoListIsRefused(String served) {
    assertThatThrownBy(() -> AnchoredContent.of(served))
        .isInstanceOf(InvalidCredentialException.class);
  }
}
