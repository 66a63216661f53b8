package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.Refusals.assertRefused;

import java.time.Duration;
import java.util.List;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.ShippedContext;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.proof.ProofOptions;
import org.earnest.credentials.proof.RdfcCryptosuite;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a holder may write otherwise without breaking a proof hides nothing and adds nothing. */
class RewrittenCredentialTest {
  private final CredentialFixture fixture = new CredentialFixture();

  /** Signed as statements, an expired credential stays expired however it is written. */
  @Test
  void aHolderCannotHideWhenItExpires() throws Exception {
    RdfcCryptosuite suite =
        RdfcCryptosuite.eddsa2022(new LinkedData(AgentContext.known().andInline()));
    ObjectNode expired =
        CredentialFixture.unsecured()
            .put("issuer", fixture.issuer.value())
            .put("validUntil", NOW.minus(Duration.ofHours(1)).toString());
    ObjectNode options = ProofOptions.ASSERTION.by(fixture.signer, suite, NOW);
    ObjectNode proof = suite.prove(expired, options, fixture.signer);
    String iri = "https://www.w3.org/2018/credentials#validUntil";
    ObjectNode renamed = expired.deepCopy();
    ObjectNode value = renamed.putObject(iri);
    value.set("@value", renamed.remove("validUntil"));
    value.put("@type", "http://www.w3.org/2001/XMLSchema#dateTime");
    ObjectNode aliased = expired.deepCopy();
    aliased.set("until", aliased.remove("validUntil"));
    ObjectNode alias = aliased.withArray("@context").addObject().putObject("until");
    alias.put("@id", iri).put("@type", "http://www.w3.org/2001/XMLSchema#dateTime");
    CredentialVerifier verifier =
        CredentialVerifier.builder(
                fixture.resolver(), AgentContext.known().andInline(), CredentialFixture.CLOCK)
            .build();
    expired.set("proof", proof);
    assertRefused(verifier.verify(bytes(expired)), CredentialRefusal.EXPIRED, Stage.VALIDITY);
    for (ObjectNode hidden : List.of(renamed, aliased)) {
      hidden.set("proof", proof);
      assertRefused(verifier.verify(bytes(hidden)), CredentialRefusal.UNDEFINED_TERM, Stage.SHAPE);
    }
  }

  /** A proof over JSON holds under its own contexts; what a holder appends is not vouched for. */
  @Test
  void anAppendedContextIsNotHandedOnNorReadUnder() {
    CredentialVerifier verifier =
        CredentialVerifier.builder(
                fixture.resolver(),
                AgentContext.known().and(ShippedContext.MULTIKEY_V1),
                CredentialFixture.CLOCK)
            .build();
    ObjectNode issued = fixture.issued();
    ObjectNode appended = issued.deepCopy();
    appended.withArray("@context").add(ShippedContext.MULTIKEY_V1.url());
    assertThat(verifier.verify(bytes(appended)))
        .isInstanceOfSatisfying(
            VerificationOutcome.Verified.class,
            verified -> assertThat(verified.credential().json()).isEqualTo(issued));
    ObjectNode meaningless = CredentialFixture.unsecured().put("issuer", fixture.issuer.value());
    ObjectNode given = meaningless.deepCopy();
    meaningless.withArray("@context").remove(1);
    given.set(
        "proof",
        JcsCryptosuite.EDDSA_2022.prove(
            meaningless,
            ProofOptions.ASSERTION.by(fixture.signer, JcsCryptosuite.EDDSA_2022, NOW),
            fixture.signer));
    assertRefused(verifier.verify(bytes(given)), CredentialRefusal.UNDEFINED_TERM, Stage.SHAPE);
  }
}
