package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.CredentialFixture.unsecured;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.credentials.status.StatusPurpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SignableCredentialTest {
  private static final BitstringEntry REVOCATION =
      new BitstringEntry(StatusPurpose.REVOCATION, 7, URI.create("https://lists.example/1"));
  private static final BitstringEntry SUSPENSION =
      new BitstringEntry(StatusPurpose.SUSPENSION, 8, URI.create("https://lists.example/2"));

  private final CredentialFixture fixture = new CredentialFixture();

  private SignableCredential judged() throws InvalidCredentialException {
    return fixture.issuer().signable(bytes(unsecured()));
  }

  @Test
  void theKeyIsNotUsedBeforeItSigns() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    SignableCredential judged =
        new CredentialIssuer(GatedSigner.away(fixture.signer, away), AgentContext.known(), CLOCK)
            .signable(bytes(unsecured()));
    assertThatThrownBy(judged::secured).isInstanceOf(SignerUnavailableException.class);
    away.set(false);
    assertThat(fixture.verifier().verify(bytes(judged.secured())))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  @Test
  void isSignedAsIssuingSigns() throws Exception {
    SignableCredential judged = judged();
    assertThat(judged.secured()).isEqualTo(fixture.issued()).isEqualTo(judged.secured());
    assertThat(fixture.issuer().issueJwt(bytes(unsecured())))
        .isEqualTo(new IssueOutcome.Issued(judged.enveloped()));
  }

  @Test
  void saysByAbsoluteNamesWhatItIs() throws Exception {
    assertThat(judged().types())
        .containsExactlyInAnyOrder(
            "https://www.w3.org/2018/credentials#VerifiableCredential",
            "https://earnest.example/vocab/agent#AgentCapabilityCredential");
  }

  @Test
  void placesOfItsStatusNeedNoOtherJudgement() throws Exception {
    ObjectNode one = judged().with(List.of(REVOCATION)).secured();
    assertThat(one.get("credentialStatus")).isEqualTo(REVOCATION.json());
    ObjectNode two = judged().with(List.of(REVOCATION, SUSPENSION)).secured();
    assertThat(two.get("credentialStatus")).containsExactly(REVOCATION.json(), SUSPENSION.json());
    for (ObjectNode each : List.of(one, two)) {
      ObjectNode again = each.deepCopy();
      again.remove("proof");
      assertThat(fixture.issuer().issue(bytes(again))).isEqualTo(new IssueOutcome.Issued(each));
    }
    assertThat(judged().with(List.of()).secured()).isEqualTo(fixture.issued());
  }

  @Test
  void aStatusOfItsOwnIsNotReplaced() throws Exception {
    ObjectNode own = unsecured();
    own.set("credentialStatus", REVOCATION.json());
    SignableCredential judged = fixture.issuer().signable(bytes(own));
    assertThatCode(() -> judged.with(List.of())).doesNotThrowAnyException();
    assertThatThrownBy(() -> judged.with(List.of(SUSPENSION)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A reader would take the member for the JWT's own claim, or drop it in silence. */
  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "jti", "aud", "exp", "nbf", "iat", "nonce", "vc", "vp"})
  void aMemberThatAJwtKnowsAsItsClaimIsNotEnveloped(String claim) throws Exception {
    byte[] credential = bytes(CredentialFixture.withClaim(claim));
    KnownContexts contexts = AgentContext.known().andInline();
    CredentialIssuer issuer = new CredentialIssuer(fixture.signer, contexts, CLOCK);
    SignableCredential judged = issuer.signable(credential);
    for (ThrowingCallable refused :
        List.<ThrowingCallable>of(judged::requireEnvelopable, judged::enveloped)) {
      assertThatThrownBy(refused)
          .isInstanceOfSatisfying(
              InvalidCredentialException.class,
              thrown ->
                  assertThat(thrown.refusal()).isEqualTo(CredentialRefusal.INVALID_CREDENTIAL));
    }
    assertThat(issuer.issueJwt(credential))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused ->
                assertThat(refused.refusal()).isEqualTo(CredentialRefusal.INVALID_CREDENTIAL));
    CredentialVerifier verifier =
        CredentialVerifier.builder(fixture.resolver(), contexts, CLOCK).build();
    assertThat(verifier.verify(bytes(judged.secured())))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  @Test
  void whatWouldBeRefusedIsNotSignable() {
    assertThatThrownBy(
            () -> fixture.issuer().signable(bytes(unsecured().put("issuer", "did:example:x"))))
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.ISSUER_MISMATCH));
    assertThatThrownBy(() -> fixture.issuer().signable(bytes(unsecured().put("nobodys", "term"))))
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.UNDEFINED_TERM));
  }
}
