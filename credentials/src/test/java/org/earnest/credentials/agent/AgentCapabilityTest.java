package org.earnest.credentials.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.AgentId;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AgentCapabilityTest {
  private final CredentialFixture fixture = new CredentialFixture();

  private Optional<AgentCapability> roundTrip(ObjectNode unsecured) {
    IssueOutcome issued = fixture.issuer().issue(CredentialFixture.bytes(unsecured));
    byte[] credential = CredentialFixture.bytes(((IssueOutcome.Issued) issued).credential());
    VerificationOutcome outcome = fixture.verifier().verify(credential);
    return AgentCapability.of(((VerificationOutcome.Verified) outcome).credential());
  }

  private static ObjectNode credential(AgentCapability capability) {
    return capability.credential(
        CredentialFixture.NOW, CredentialFixture.NOW.plus(Duration.ofDays(30)));
  }

  @Test
  void saysTheSameAfterIssuingAndVerifying() {
    AgentCapability capability =
        new AgentCapability(
            CredentialFixture.SUBJECT,
            Optional.of(AgentId.parse("eip155:31337:0x" + "ee".repeat(20) + ":7")),
            List.of("translation/de-en", "iso-26262"));
    assertThat(roundTrip(credential(capability))).contains(capability);
  }

  @Test
  void isEmptyForOtherCredentials() {
    AgentCapability capability =
        new AgentCapability(CredentialFixture.SUBJECT, Optional.empty(), List.of("a"));
    ObjectNode other = credential(capability);
    other.put("type", "VerifiableCredential");
    assertThat(roundTrip(other)).isEmpty();
    ObjectNode malformed = credential(capability);
    ((ObjectNode) malformed.get("credentialSubject")).put("capability", "not a list");
    assertThat(roundTrip(malformed)).isEmpty();
    ObjectNode nobody = credential(capability);
    ((ObjectNode) nobody.get("credentialSubject")).remove("id");
    assertThat(roundTrip(nobody)).isEmpty();
  }

  @Test
  void boundsItsNames() {
    for (List<String> names :
        List.of(
            List.<String>of(),
            List.of(""),
            List.of("Upper"),
            List.of("a b"),
            List.of("a".repeat(129)),
            Collections.nCopies(AgentCapability.MAX_CAPABILITIES + 1, "a"))) {
      assertThatThrownBy(
              () -> new AgentCapability(CredentialFixture.SUBJECT, Optional.empty(), names))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theContextDefinesEveryTermAndProtectsIt() throws InvalidCredentialException {
    var context = SignableJson.read(AgentContext.document()).get("@context");
    assertThat(context.get("@protected").booleanValue()).isTrue();
    for (String term : List.of(AgentCapability.TYPE, "agentId", "capability")) {
      assertThat(context.has(term)).as(term).isTrue();
    }
  }
}
