package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.Refusals.assertRefused;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is plugged into the verifier is asked at its stage, with what it needs. */
class VerifierPortsTest {
  private final CredentialFixture fixture = new CredentialFixture();
  private final Challenges challenges = new InMemoryChallenges(CLOCK);

  private CredentialVerifier.Builder verifier() {
    return CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), CLOCK)
        .challenges(challenges);
  }

  private ObjectNode withStatus() {
    return fixture.signed(
        json -> json.putObject("credentialStatus").put("type", "BitstringStatusListEntry"),
        proof -> {});
  }

  @Test
  void aStatusIsAskedOfThePort() {
    StatusCheck good = (credential, now) -> "not revoked at " + now;
    assertThat(verifier().status(good).build().verify(bytes(withStatus())))
        .isInstanceOfSatisfying(
            VerificationOutcome.Verified.class,
            verified ->
                assertThat(verified.checks())
                    .contains(new VerificationCheck(Stage.STATUS, true, "not revoked at " + NOW)));
    StatusCheck bad =
        (credential, now) -> {
          throw new InvalidCredentialException(CredentialRefusal.REVOKED, "revoked");
        };
    assertRefused(
        verifier().status(bad).build().verify(bytes(withStatus())),
        CredentialRefusal.REVOKED,
        Stage.STATUS);
  }

  @Test
  void onlyAcceptedIssuersAreBelieved() {
    byte[] credential = bytes(fixture.issued());
    assertThat(
            verifier()
                .policy(TrustPolicy.issuers(Set.of(fixture.issuer)))
                .build()
                .verify(credential))
        .isInstanceOf(VerificationOutcome.Verified.class);
    assertRefused(
        verifier()
            .policy(TrustPolicy.issuers(Set.of(new Did("did:example:other"))))
            .build()
            .verify(credential),
        CredentialRefusal.NOT_TRUSTED,
        Stage.POLICY);
  }

  private byte[] bound(String challenge, String domain) {
    return bytes(
        fixture.signed(
            json -> {}, proof -> proof.put("challenge", challenge).put("domain", domain)));
  }

  @Test
  void aChallengeIsAnsweredOnceAndForTheDomain() {
    CredentialVerifier verifier = verifier().build();
    String challenge = challenges.create(Duration.ofMinutes(1));
    byte[] answer = bound(challenge, "shop.example");
    assertRefused(
        verifier.verify(answer, Expected.of(challenge, "other.example")),
        CredentialRefusal.DOMAIN_MISMATCH,
        Stage.BINDING);
    assertRefused(
        verifier.verify(answer, Expected.of("another", "shop.example")),
        CredentialRefusal.CHALLENGE_MISMATCH,
        Stage.BINDING);
    byte[] forged = bytes(fixture.issued());
    assertRefused(
        verifier.verify(forged, Expected.of(challenge, "shop.example")),
        CredentialRefusal.DOMAIN_MISMATCH,
        Stage.BINDING);
    assertThat(verifier.verify(answer, Expected.of(challenge, "shop.example")))
        .as("what was refused used nothing up")
        .isInstanceOf(VerificationOutcome.Verified.class);
    assertRefused(
        verifier.verify(answer, Expected.of(challenge, "shop.example")),
        CredentialRefusal.CHALLENGE_USED,
        Stage.BINDING);
  }

  /** Else whoever answered could not come again when it has passed. */
  @Test
  void whereNobodyCanSayWhomToBelieveTheChallengeIsKept() {
    String challenge = challenges.create(Duration.ofMinutes(1));
    byte[] answer = bound(challenge, "shop.example");
    Expected asked = Expected.of(challenge, "shop.example");
    TrustPolicy away =
        (issuer, types) -> {
          throw new InvalidCredentialException(CredentialRefusal.TRUST_UNAVAILABLE, "away");
        };
    assertRefused(
        verifier().policy(away).build().verify(answer, asked),
        CredentialRefusal.TRUST_UNAVAILABLE,
        Stage.POLICY);
    assertThat(verifier().build().verify(answer, asked))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  @Test
  void anExpiredOrUnknownChallengeIsUsedUp() {
    String late = challenges.create(Duration.ZERO);
    for (String challenge : List.of(late, "never made")) {
      assertRefused(
          verifier()
              .build()
              .verify(
                  bound(challenge, "shop.example"),
                  new Expected(Optional.of(challenge), Optional.empty())),
          CredentialRefusal.CHALLENGE_USED,
          Stage.BINDING);
    }
  }

  @Test
  void ofManyAtOnceOneUsesTheChallenge() throws Exception {
    CredentialVerifier verifier = verifier().build();
    String challenge = challenges.create(Duration.ofMinutes(1));
    byte[] answer = bound(challenge, "shop.example");
    Callable<VerificationOutcome> ask =
        () -> verifier.verify(answer, Expected.of(challenge, "shop.example"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long accepted = 0;
      for (Future<VerificationOutcome> outcome :
          threads.invokeAll(java.util.Collections.nCopies(16, ask))) {
        accepted += outcome.get() instanceof VerificationOutcome.Verified ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(1);
    }
  }
}
