package org.earnest.credentials.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.SUBJECT;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.VerifiedCredential;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Certifications and roles. */
class AgentClaimsTest {
  private static final Did ORGANISATION = new Did("did:web:agents.example");
  private static final AgentCertification CERTIFIED =
      new AgentCertification(
          SUBJECT,
          Optional.of(AgentId.parse("eip155:1:0x" + "ee".repeat(20) + ":7")),
          "ISO 26262",
          Optional.of("ASIL-B"));
  private static final AgentRole ROLE = new AgentRole(SUBJECT, "buyer", ORGANISATION);

  private final CredentialFixture fixture = new CredentialFixture();

  private VerifiedCredential verified(ObjectNode unsecured) {
    IssueOutcome issued = fixture.issuer().issue(CredentialFixture.bytes(unsecured));
    byte[] credential = CredentialFixture.bytes(((IssueOutcome.Issued) issued).credential());
    return ((VerificationOutcome.Verified) fixture.verifier().verify(credential)).credential();
  }

  private static ObjectNode certification() {
    return CERTIFIED.credential(NOW, NOW.plus(Duration.ofDays(30)));
  }

  private static ObjectNode role() {
    return ROLE.credential(NOW, NOW.plus(Duration.ofDays(30)));
  }

  @Test
  void sayTheSameAfterIssuingAndVerifying() {
    assertThat(AgentCertification.of(verified(certification()))).contains(CERTIFIED);
    assertThat(AgentRole.of(verified(role()))).contains(ROLE);
  }

  @Test
  void areNotReadFromCredentialsOfOtherTypes() {
    assertThat(AgentCertification.of(verified(role()))).isEmpty();
    assertThat(AgentRole.of(verified(certification()))).isEmpty();
  }

  @Test
  void areNotReadWhereAMemberLacksOrIsStrange() {
    for (String member : List.of("id", "standard")) {
      ObjectNode without = certification();
      ((ObjectNode) without.get("credentialSubject")).remove(member);
      assertThat(AgentCertification.of(verified(without))).as(member).isEmpty();
    }
    for (String member : List.of("id", "role", "organisation")) {
      ObjectNode without = role();
      ((ObjectNode) without.get("credentialSubject")).remove(member);
      assertThat(AgentRole.of(verified(without))).as(member).isEmpty();
    }
    ObjectNode lines = certification();
    ((ObjectNode) lines.get("credentialSubject")).put("standard", "ISO\n26262");
    assertThat(AgentCertification.of(verified(lines))).isEmpty();
  }

  @Test
  void boundTheirNames() {
    for (String name : List.of("", " ISO", "ISO ", "a\tb", "é", "a".repeat(129))) {
      assertThatThrownBy(
              () -> new AgentCertification(SUBJECT, Optional.empty(), name, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String name : List.of("", "Buyer", "a b", "a".repeat(129))) {
      assertThatThrownBy(() -> new AgentRole(SUBJECT, name, ORGANISATION))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
