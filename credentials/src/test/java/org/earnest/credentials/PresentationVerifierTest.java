package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.proof.ProofOptions;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PresentationVerifierTest {
  private static final JcsCryptosuite SUITE = JcsCryptosuite.EDDSA_2022;
  private static final String DOMAIN = "shop.example";
  private final CredentialFixture fixture = new CredentialFixture();
  private final LocalSigner other = LocalSigner.randomDidKey(KeyType.ED25519);
  private final Challenges challenges = new InMemoryChallenges(CLOCK);
  private final PresentationVerifier verifier = verifier(fixture.resolver());

  private PresentationVerifier verifier(DidResolver resolver) {
    return fixture.verifierBuilder(resolver).challenges(challenges).build().presentations();
  }

  private DidResolver both() {
    return fixture
        .resolver()
        .with(
            CredentialFixture.document(
                other.verificationMethod(),
                other.publicKeyMultibase(),
                VerificationRelationship.ASSERTION_METHOD,
                VerificationRelationship.AUTHENTICATION));
  }

  private Expected asked() {
    return Expected.of(challenges.create(Duration.ofMinutes(1)), DOMAIN);
  }

  private static ObjectNode proved(Holder holder, ObjectNode presentation, Expected asked) {
    IssueOutcome outcome = holder.prove(bytes(presentation), asked);
    assertThat(outcome).isInstanceOf(IssueOutcome.Issued.class);
    return ((IssueOutcome.Issued) outcome).credential();
  }

  private static void assertRefused(
      PresentationOutcome outcome, CredentialRefusal refusal, Stage stage) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            PresentationOutcome.Refused.class,
            refused -> {
              assertThat(refused.refusal()).as(refused.detail()).isEqualTo(refusal);
              assertThat(refused.checks().getLast().stage()).isEqualTo(stage);
              assertThat(refused.checks().getLast().passed()).isFalse();
            });
  }

  @Test
  void acceptsWhatTheHolderPresents() {
    Expected asked = asked();
    IssueOutcome presented = fixture.holder().present(List.of(fixture.issued()), asked);
    ObjectNode presentation = ((IssueOutcome.Issued) presented).credential();
    assertThat(verifier.verify(bytes(presentation), asked))
        .isInstanceOfSatisfying(
            PresentationOutcome.Verified.class,
            verified -> {
              assertThat(verified.presentation().holder()).isEqualTo(fixture.issuer);
              assertThat(verified.presentation().credentials()).hasSize(1);
              assertThat(verified.presentation().isAboutHolder()).isFalse();
              assertThat(verified.checks()).allMatch(VerificationCheck::passed);
              assertThat(verified.checks().getLast().stage()).isEqualTo(Stage.BINDING);
            });
    assertRefused(
        verifier.verify(bytes(presentation), asked),
        CredentialRefusal.CHALLENGE_USED,
        Stage.BINDING);
  }

  private static ObjectNode issued(IssueOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssueOutcome.Issued.class);
    return ((IssueOutcome.Issued) outcome).credential();
  }

  @Test
  void acceptsAJwtThatAnswersWhatWasAsked() {
    PresentationVerifier ofJwts =
        fixture
            .verifierBuilder(fixture.resolver())
            .envelopes(new Envelopes(List.of(JwtEnvelope.values())))
            .challenges(challenges)
            .build()
            .presentations();
    ObjectNode jwtCredential =
        issued(fixture.issuer().issueJwt(bytes(CredentialFixture.unsecured())));
    Expected asked = asked();
    byte[] jwt =
        bytes(issued(fixture.holder().presentJwt(List.of(fixture.issued(), jwtCredential), asked)));

    assertRefused(
        ofJwts.verify(jwt, Expected.NOTHING), CredentialRefusal.DOMAIN_MISMATCH, Stage.BINDING);
    assertRefused(ofJwts.verify(jwt, asked()), CredentialRefusal.CHALLENGE_MISMATCH, Stage.BINDING);
    assertThat(ofJwts.verify(jwt, asked))
        .isInstanceOfSatisfying(
            PresentationOutcome.Verified.class,
            verified -> {
              assertThat(verified.presentation().holder()).isEqualTo(fixture.issuer);
              assertThat(verified.presentation().credentials()).hasSize(2);
            });
    assertRefused(ofJwts.verify(jwt, asked), CredentialRefusal.CHALLENGE_USED, Stage.BINDING);
    assertRefused(verifier.verify(jwt, asked()), CredentialRefusal.PROOF_UNSUPPORTED, Stage.SHAPE);
  }

  /** A reader would take them for the JWT's, and not for what the presentation says. */
  @Test
  void aPresentationBringsNoClaimsOfAJwtAlong() {
    ObjectNode presentation = fixture.presentation();
    presentation
        .putArray("@context")
        .add("https://www.w3.org/ns/credentials/v2")
        .addObject()
        .put("@vocab", "urn:x:");
    presentation.put("aud", "other.example");
    Holder holder = new Holder(fixture.signer, SUITE, AgentContext.known().andInline(), CLOCK);
    assertThat(holder.prove(bytes(presentation), asked())).isInstanceOf(IssueOutcome.Issued.class);
    assertThat(holder.proveJwt(bytes(presentation), asked()))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused ->
                assertThat(refused.refusal()).isEqualTo(CredentialRefusal.INVALID_CREDENTIAL));
  }

  @Test
  void whereNotEverybodyIsBelievedSomebodyMustSaySomething() {
    Expected asked = asked();
    byte[] nothing = bytes(proved(fixture.holder(), fixture.presentation(), asked));
    TrustPolicy policy = TrustPolicy.issuers(Set.of(fixture.issuer));
    PresentationVerifier picky =
        fixture
            .verifierBuilder(fixture.resolver())
            .challenges(challenges)
            .policy(policy)
            .build()
            .presentations();
    assertRefused(picky.verify(nothing, asked), CredentialRefusal.NOT_TRUSTED, Stage.POLICY);
    assertThat(verifier.verify(nothing, asked)).isInstanceOf(PresentationOutcome.Verified.class);
    Expected again = asked();
    ObjectNode something = proved(fixture.holder(), fixture.presentation(fixture.issued()), again);
    assertThat(picky.verify(bytes(something), again))
        .isInstanceOf(PresentationOutcome.Verified.class);
  }

  @Test
  void aPresentationForAnotherIsRefused() {
    Expected asked = asked();
    ObjectNode presentation =
        proved(fixture.holder(), fixture.presentation(fixture.issued()), asked);
    assertRefused(
        verifier.verify(bytes(presentation), Expected.NOTHING),
        CredentialRefusal.DOMAIN_MISMATCH,
        Stage.BINDING);
    Expected elsewhere = Expected.of(asked.challenge().orElseThrow(), "other.example");
    assertRefused(
        verifier.verify(bytes(presentation), elsewhere),
        CredentialRefusal.DOMAIN_MISMATCH,
        Stage.BINDING);
    assertRefused(
        verifier.verify(bytes(presentation), asked()),
        CredentialRefusal.CHALLENGE_MISMATCH,
        Stage.BINDING);
    assertThat(verifier.verify(bytes(presentation), asked))
        .isInstanceOf(PresentationOutcome.Verified.class);
  }

  /** What cannot be accepted anyway must not use up the challenge of who can. */
  @Test
  void aForgeryUsesNoChallengeUp() {
    Expected asked = asked();
    ObjectNode good = proved(fixture.holder(), fixture.presentation(fixture.issued()), asked);
    ObjectNode forged = good.deepCopy();
    ((ObjectNode) forged.at("/verifiableCredential/0/credentialSubject")).put("id", "did:ex:thief");
    assertRefused(
        verifier.verify(bytes(forged), asked), CredentialRefusal.PROOF_INVALID, Stage.PROOF);
    ObjectNode badCredential = fixture.issued();
    ((ObjectNode) badCredential.get("credentialSubject")).put("id", "did:ex:thief");
    ObjectNode resigned = proved(fixture.holder(), fixture.presentation(badCredential), asked);
    assertRefused(
        verifier.verify(bytes(resigned), asked),
        CredentialRefusal.PROOF_INVALID,
        Stage.CREDENTIALS);
    assertThat(verifier.verify(bytes(good), asked))
        .isInstanceOf(PresentationOutcome.Verified.class);
  }

  @Test
  void onlyTheHolderPresents() {
    Holder thief = new Holder(other, JcsCryptosuite.EDDSA_2022, AgentContext.known(), CLOCK);
    Expected asked = asked();
    assertThat(thief.prove(bytes(fixture.presentation(fixture.issued())), asked))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.HOLDER_MISMATCH));
    ObjectNode stolen = fixture.presentation(fixture.issued());
    stolen.remove("holder");
    ObjectNode claimed = proved(thief, stolen, asked).put("holder", fixture.issuer.value());
    assertRefused(
        verifier(both()).verify(bytes(claimed), asked),
        CredentialRefusal.HOLDER_MISMATCH,
        Stage.SHAPE);
  }

  @Test
  void theKeyMustBeForAuthentication() {
    DidResolver assertsOnly =
        new InMemoryDidResolver()
            .with(
                CredentialFixture.document(
                    fixture.signer.verificationMethod(),
                    fixture.signer.publicKeyMultibase(),
                    VerificationRelationship.ASSERTION_METHOD));
    Expected asked = asked();
    ObjectNode presentation =
        proved(fixture.holder(), fixture.presentation(fixture.issued()), asked);
    assertRefused(
        verifier(assertsOnly).verify(bytes(presentation), asked),
        CredentialRefusal.KEY_NOT_AUTHORIZED,
        Stage.KEY);
    ((ObjectNode) presentation.get("proof")).put("proofPurpose", "assertionMethod");
    assertRefused(
        verifier.verify(bytes(presentation), asked),
        CredentialRefusal.PROOF_UNSUPPORTED,
        Stage.SHAPE);
  }

  @Test
  void whatTheHolderSaysItselfNeedsNoOtherProof() {
    ObjectNode own = CredentialFixture.unsecured().put("issuer", fixture.issuer.value());
    Expected asked = asked();
    assertThat(
            verifier.verify(
                bytes(proved(fixture.holder(), fixture.presentation(own), asked)), asked))
        .isInstanceOf(PresentationOutcome.Verified.class);
    ObjectNode ofOther =
        CredentialFixture.unsecured().put("issuer", other.verificationMethod().did().value());
    Expected again = asked();
    assertRefused(
        verifier.verify(
            bytes(proved(fixture.holder(), fixture.presentation(ofOther), again)), again),
        CredentialRefusal.PROOF_MISSING,
        Stage.CREDENTIALS);
  }

  @Test
  void whatTheHolderSaysItselfMustHaveAMeaning() {
    ObjectNode own = CredentialFixture.unsecured().put("issuer", fixture.issuer.value());
    own.put("colour", "red");
    ObjectNode presentation = fixture.presentation(own);
    ObjectNode options =
        new ProofOptions(
                VerificationRelationship.AUTHENTICATION, Optional.empty(), Optional.empty())
            .by(fixture.signer, SUITE, NOW);
    presentation.set("proof", SUITE.prove(presentation, options, fixture.signer));
    assertRefused(
        verifier.verify(bytes(presentation), Expected.NOTHING),
        CredentialRefusal.UNDEFINED_TERM,
        Stage.CREDENTIALS);
  }

  @Test
  void theShapeIsThatOfTheDataModel() {
    ObjectNode good = proved(fixture.holder(), fixture.presentation(), Expected.NOTHING);
    assertThat(verifier.verify(bytes(good), Expected.NOTHING))
        .isInstanceOfSatisfying(
            PresentationOutcome.Verified.class,
            nothing -> assertThat(nothing.presentation().isAboutHolder()).isFalse());
    List<Consumer<ObjectNode>> edits =
        List.of(
            json -> json.remove("@context"),
            json -> json.putArray("@context").add("https://other.example"),
            json -> json.remove("type"),
            json -> json.put("type", "Presentation"),
            json -> json.put("id", "no url"),
            json -> json.putArray("id").add("urn:a:1"),
            json -> json.put("holder", 1),
            json -> json.putObject("holder").put("name", "x"),
            json -> json.put("verifiableCredential", "https://credential.example"),
            json -> json.putArray("verifiableCredential").add(1),
            json -> json.putObject("termsOfUse").put("id", "urn:a:1"));
    for (Consumer<ObjectNode> edit : edits) {
      ObjectNode bad = good.deepCopy();
      edit.accept(bad);
      assertRefused(
          verifier.verify(bytes(bad), Expected.NOTHING),
          CredentialRefusal.INVALID_CREDENTIAL,
          Stage.SHAPE);
    }
  }

  @Test
  void aPresentationThatNamesTooMuchToFetchIsRefusedBeforeItIsFetched() {
    AtomicInteger asked = new AtomicInteger();
    PresentationVerifier counting =
        CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), CLOCK)
            .schema(
                (credential, carriers) -> {
                  asked.incrementAndGet();
                  return "obeys";
                })
            .build()
            .presentations();
    ObjectNode unsecured = CredentialFixture.unsecured();
    ArrayNode schemas = unsecured.putArray("credentialSchema");
    for (int i = 0; i < 4; i++) {
      schemas.addObject().put("id", "https://issuer.example/" + i).put("type", "JsonSchema");
    }
    ObjectNode issued =
        ((IssueOutcome.Issued) fixture.issuer().issue(bytes(unsecured))).credential();
    int allowed = FetchBudget.MAX_FETCHES / 5;
    ObjectNode full = fixture.presentation(issued);
    ArrayNode credentials = full.putArray("verifiableCredential");
    for (int i = 0; i <= allowed; i++) {
      credentials.add(issued);
    }
    ObjectNode tooFull = proved(fixture.holder(), full, Expected.NOTHING);

    assertRefused(
        counting.verify(bytes(tooFull), Expected.NOTHING),
        CredentialRefusal.TOO_COMPLEX,
        Stage.CREDENTIALS);
    assertThat(asked.get()).isEqualTo(allowed);
  }

  @Test
  void noFurtherCredentialIsBegunWhenThoseBeforeTookTooLong() throws InvalidCredentialException {
    AtomicReference<Instant> now = new AtomicReference<>(CLOCK.instant());
    FetchBudget budget = new FetchBudget(now::get);
    Credential credential =
        Credential.parse(
            CredentialFixture.unsecured().put("issuer", "did:ex:1"), AgentContext.known());

    budget.take(credential, List.of());
    now.set(CLOCK.instant().plus(FetchBudget.MAX_DURATION).plusMillis(1));

    assertThatThrownBy(() -> budget.take(credential, List.of()))
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            late -> assertThat(late.refusal()).isEqualTo(CredentialRefusal.STATUS_UNAVAILABLE));
  }
}
