package org.earnest.credentials.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.SUBJECT;
import static org.earnest.credentials.CredentialFixture.bytes;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.delegation.AgentDelegation;
import org.earnest.credentials.delegation.Mandate;
import org.earnest.credentials.delegation.SpendLimit;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.schema.JsonSchemaCheck;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AgentSchemasTest {
  private static final Instant END = NOW.plus(Duration.ofDays(1));
  private static final Caip19AssetId USDC =
      Caip19AssetId.parse("eip155:1/erc20:0x" + "dc".repeat(20));

  private final CredentialFixture fixture = new CredentialFixture();

  /** Every type that is not issued from the chain, by its schema's name. */
  private static Map<String, ObjectNode> credentials() {
    Optional<AgentId> agent = Optional.of(AgentId.parse("eip155:1:0x" + "ee".repeat(20) + ":7"));
    SpendLimit limit = new SpendLimit(USDC, BigInteger.ONE, BigInteger.TEN);
    return Map.of(
        "capability",
        new AgentCapability(SUBJECT, agent, List.of("translation/de-en")).credential(NOW, END),
        "certification",
        new AgentCertification(SUBJECT, agent, "ISO 26262", Optional.of("ASIL-B"))
            .credential(NOW, END),
        "role",
        new AgentRole(SUBJECT, "buyer", new Did("did:web:agents.example")).credential(NOW, END),
        "delegation",
        new AgentDelegation(
                SUBJECT,
                Caip10AccountId.parse("eip155:1:0x" + "ab".repeat(20)),
                new Mandate(Set.of(Mandate.OPEN_DEAL), limit, 0, NOW, END),
                Optional.empty())
            .credential());
  }

  private VerificationOutcome verified(String name, ObjectNode unsecured) {
    unsecured
        .putObject("credentialSchema")
        .put("id", AgentSchemas.url(name))
        .put("type", JsonSchemaCheck.TYPE);
    IssueOutcome issued = fixture.issuer().issue(bytes(unsecured));
    DocumentSource nowhere =
        (uri, accept) -> {
          throw new AssertionError("a shipped schema was fetched: " + uri);
        };
    return CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), CLOCK)
        .schema(new JsonSchemaCheck(AgentSchemas.shipped(), nowhere))
        .build()
        .verify(bytes(((IssueOutcome.Issued) issued).credential()));
  }

  @Test
  void whatIsIssuedObeysThem() {
    credentials()
        .forEach(
            (name, credential) ->
                assertThat(verified(name, credential))
                    .as(name)
                    .isInstanceOf(VerificationOutcome.Verified.class));
  }

  @Test
  void whatLacksAMemberOrIsOfAnotherTypeDoesNot() {
    credentials()
        .forEach(
            (name, credential) -> {
              ObjectNode subject = (ObjectNode) credential.get("credentialSubject");
              subject.remove("id");
              subject.put("agentId", "eip155:1:7");
              assertRefused(verified(name, credential), name);
            });
    ObjectNode delegation = Objects.requireNonNull(credentials().get("delegation"));
    assertRefused(verified("role", delegation), "another type");
  }

  private static void assertRefused(VerificationOutcome outcome, String what) {
    assertThat(outcome)
        .as(what)
        .isInstanceOfSatisfying(
            VerificationOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.SCHEMA_MISMATCH));
  }

  @Test
  void eachIsServedUnderThePathOfItsUrl() {
    AgentSchemas.shipped()
        .forEach(
            (url, document) -> {
              assertThat(url).startsWith("https://earnest.example" + AgentSchemas.PATH);
              String file = url.substring(url.lastIndexOf('/') + 1);
              assertThat(AgentSchemas.file(file)).contains(document);
              assertThat(document).contains("\"$id\": \"" + url + "\"");
            });
    assertThat(AgentSchemas.file("../context-v1.jsonld")).isEmpty();
  }
}
