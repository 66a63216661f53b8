package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.CredentialFixture.unsecured;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.earnest.credentials.model.CredentialRefusal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CredentialIssuerTest {
  private final CredentialFixture fixture = new CredentialFixture();

  private IssueOutcome issue(Consumer<ObjectNode> edit) {
    ObjectNode json = unsecured();
    edit.accept(json);
    return fixture.issuer().issue(bytes(json));
  }

  private void assertRefused(Consumer<ObjectNode> edit, CredentialRefusal refusal) {
    assertThat(issue(edit))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  @Test
  void writesItselfInAsIssuerAndSigns() {
    ObjectNode issued = fixture.issued();
    assertThat(issued.get("issuer").stringValue()).isEqualTo(fixture.issuer.value());
    assertThat(issued.at("/proof/type").stringValue()).isEqualTo("DataIntegrityProof");
    assertThat(issued.at("/proof/cryptosuite").stringValue()).isEqualTo("eddsa-jcs-2022");
    assertThat(issued.at("/proof/created").stringValue()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(issued.at("/proof/proofPurpose").stringValue()).isEqualTo("assertionMethod");
    assertThat(issued.at("/proof/@context")).isEqualTo(issued.get("@context"));
    assertThat(issued.at("/proof/proofValue").stringValue()).startsWith("z");
  }

  @Test
  void keepsTheIssuerThatItIs() {
    assertThat(issue(json -> json.putObject("issuer").put("id", fixture.issuer.value())))
        .isInstanceOf(IssueOutcome.Issued.class);
  }

  @Test
  void signsNothingThatTheVerifierWouldRefuse() {
    assertRefused(json -> json.put("issuer", "did:example:x"), CredentialRefusal.ISSUER_MISMATCH);
    assertRefused(json -> json.putObject("proof").put("a", 1), CredentialRefusal.ALREADY_SECURED);
    assertRefused(json -> json.remove("credentialSubject"), CredentialRefusal.INVALID_CREDENTIAL);
    assertRefused(
        json -> json.withArray("@context").add("https://x.example"),
        CredentialRefusal.UNKNOWN_CONTEXT);
    assertThat(fixture.issuer().issue("{".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.MALFORMED_JSON));
  }
}
