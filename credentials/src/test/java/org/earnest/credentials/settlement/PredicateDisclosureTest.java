package org.earnest.credentials.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.SUBJECT;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.Refusals.assertRefused;
import static org.earnest.credentials.SelectiveFixture.derived;
import static org.earnest.credentials.SelectiveFixture.issued;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.ReputationStatement;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.HolderBinding;
import org.earnest.credentials.InMemoryChallenges;
import org.earnest.credentials.Issuers;
import org.earnest.credentials.SdJwtOutcome;
import org.earnest.credentials.SdJwtVerifier;
import org.earnest.credentials.SelectiveFixture;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.TrustPolicy;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.VerifiedSdJwt;
import org.earnest.credentials.agent.AgentCertification;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.sdjwt.SdJwt;
import org.earnest.credentials.status.TokenStatus;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** One thing is shown to hold, and what is behind it is kept. */
class PredicateDisclosureTest {
  private static final Caip19AssetId USDC =
      Caip19AssetId.parse("eip155:1/erc20:0x" + "dc".repeat(20));
  private static final RatingPredicate AT_LEAST_60_OVER_5 = new RatingPredicate(USDC, 60, 5);
  private final SelectiveFixture fixture = new SelectiveFixture();
  private final CredentialFixture first = new CredentialFixture();

  private ObjectNode statement(long rated, long ratingSum) throws InvalidCredentialException {
    return SignableJson.read(
        stated(rated, ratingSum, Optional.of("ecdsa-sd-2023"), Optional.empty()).getBytes(UTF_8));
  }

  private SdJwt sdJwt(long rated, long ratingSum) throws InvalidCredentialException {
    return SdJwt.parse(stated(rated, ratingSum, Optional.empty(), Optional.of("dc+sd-jwt")));
  }

  private String stated(
      long rated, long ratingSum, Optional<String> cryptosuite, Optional<String> format) {
    ReputationStatement statement =
        new ReputationStatement(
            AgentId.parse("eip155:1:0x" + "aa".repeat(20) + ":7"),
            new EvmAddress("0x" + "ee".repeat(20)),
            2,
            List.of(total(rated, ratingSum)),
            new BlockRef(USDC.chain(), 42, new Hash32("0x" + "b0".repeat(32))));
    Issuers issuers = new Issuers(List.of(first.issuer(), fixture.issuer()));
    StatementOutcome outcome =
        new StatementIssuer(issuers, CLOCK)
            .issue(statement, new StatementForm(cryptosuite, format));
    assertThat(outcome).isInstanceOf(StatementOutcome.Issued.class);
    return ((StatementOutcome.Issued) outcome).credential();
  }

  private static ReputationStatement.Total total(long rated, long ratingSum) {
    return new ReputationStatement.Total(
        USDC,
        new SettledSummary(BigInteger.valueOf(987_654_321), rated + 1, rated, ratingSum, 1, 0, 0));
  }

  private static VerifiedCredential verified(CredentialVerifier verifier, ObjectNode credential) {
    VerificationOutcome outcome = verifier.verify(bytes(credential));
    assertThat(outcome).isInstanceOf(VerificationOutcome.Verified.class);
    return ((VerificationOutcome.Verified) outcome).credential();
  }

  @Test
  void aRatingOfAtLeast60Over5DealsShowsWithoutTheNumbers() throws Exception {
    ObjectNode statement = statement(13, 946);
    String pointer = AT_LEAST_60_OVER_5.pointerIn(statement).orElseThrow();

    ObjectNode shown = derived(statement, pointer);

    VerifiedCredential verified = verified(fixture.verifier().build(), shown);
    assertThat(RatingPredicate.shownBy(verified)).containsExactly(AT_LEAST_60_OVER_5);
    assertThat(verified.json().at("/credentialSubject").propertyNames())
        .containsExactlyInAnyOrder(
            "id", "agentId", "ownerEpoch", "blockNumber", "blockHash", "predicate");
    assertThat(SignableJson.write(shown)).doesNotContain("987654321", "ratingSum", "946");
  }

  @Test
  void anSdJwtShowsItWithoutTheNumbersAndTellsNobodyHowManyStepsThereAre() throws Exception {
    SdJwt statement = sdJwt(13, 946);
    String pointer = AT_LEAST_60_OVER_5.pointerIn(statement).orElseThrow();

    String shown = statement.disclose(pointer::equals).toString();

    SdJwtVerifier verifier =
        new SdJwtVerifier(
            first.resolver(),
            CLOCK,
            new TokenStatus(
                (uri, accept) -> {
                  throw new AssertionError("it has no status");
                },
                new TokenListVerifier(first.resolver()),
                CLOCK),
            new InMemoryChallenges(CLOCK));
    SdJwtOutcome outcome = verifier.verify(shown, new HolderBinding.NotExpected());
    assertThat(outcome).isInstanceOf(SdJwtOutcome.Verified.class);
    VerifiedSdJwt verified = ((SdJwtOutcome.Verified) outcome).credential();
    assertThat(RatingPredicate.shownBy(verified)).containsExactly(AT_LEAST_60_OVER_5);
    assertThat(verified.claims().propertyNames())
        .contains("agentId", "ownerEpoch", "blockNumber", "blockHash", "exp", "sub")
        .doesNotContain("settled");
    assertThat(items(statement)).isEqualTo(items(sdJwt(5, 300))).isEqualTo(RatingPredicate.STEPS);
    assertThat(RatingPredicate.heldBy(total(5, 300)))
        .as("few of them hold")
        .hasSizeLessThan(RatingPredicate.STEPS);
  }

  /** What whoever is shown it can count. */
  private static int items(SdJwt statement) throws InvalidCredentialException {
    byte[] payload = Base64.getUrlDecoder().decode(statement.issued().split("\\.", -1)[1]);
    return SignableJson.read(payload).path("predicate").size();
  }

  @Test
  void whatDoesNotHoldCannotBeShown() throws Exception {
    ObjectNode statement = statement(5, 299);
    assertThat(AT_LEAST_60_OVER_5.pointerIn(statement)).isEmpty();
    RatingPredicate lower = new RatingPredicate(USDC, 50, 5);
    ObjectNode forged = derived(statement, lower.pointerIn(statement).orElseThrow());
    ((ObjectNode) forged.at("/credentialSubject/predicate/0")).put("averageAtLeast", 60);
    assertRefused(fixture.verify(forged), CredentialRefusal.PROOF_INVALID);
  }

  @Test
  void aFractionIsNoStepOfTheLadder() throws Exception {
    ObjectNode statement = statement(5, 300);
    String pointer = AT_LEAST_60_OVER_5.pointerIn(statement).orElseThrow();
    ((ObjectNode) statement.at(pointer)).put("averageAtLeast", 60.9);
    assertThat(AT_LEAST_60_OVER_5.pointerIn(statement)).isEmpty();
    ((ObjectNode) statement.at(pointer)).put("averageAtLeast", 60).put("ratedAtLeast", 5.5);
    assertThat(AT_LEAST_60_OVER_5.pointerIn(statement)).isEmpty();
  }

  @Test
  void whoseItIsCannotBeLeftOutOrChanged() throws Exception {
    ObjectNode statement = statement(10, 710);
    ObjectNode shown = derived(statement, AT_LEAST_60_OVER_5.pointerIn(statement).orElseThrow());
    ObjectNode anonymous = shown.deepCopy();
    ((ObjectNode) anonymous.get("credentialSubject")).remove("agentId");
    ObjectNode another = shown.deepCopy();
    ((ObjectNode) another.get("credentialSubject")).put("id", SUBJECT.value());
    for (ObjectNode forged : List.of(anonymous, another)) {
      assertThat(fixture.verify(forged)).isInstanceOf(VerificationOutcome.Refused.class);
    }
  }

  @Test
  void aCertificateOfAnAcceptedIssuerShowsWithoutItsLevel() {
    ObjectNode certificate =
        new AgentCertification(SUBJECT, Optional.empty(), "ISO 26262", Optional.of("ASIL-B"))
            .credential(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)));
    ObjectNode base = issued(fixture.issuer().issue(bytes(certificate)));
    ObjectNode shown = derived(base, "/credentialSubject/standard");

    TrustPolicy accepted = TrustPolicy.issuers(Set.of(fixture.signer.verificationMethod().did()));
    VerifiedCredential verified = verified(fixture.verifier().policy(accepted).build(), shown);
    assertThat(AgentCertification.of(verified))
        .contains(new AgentCertification(SUBJECT, Optional.empty(), "ISO 26262", Optional.empty()));
    assertThat(SignableJson.write(shown)).doesNotContain("ASIL");

    TrustPolicy others = TrustPolicy.issuers(Set.of(SUBJECT));
    assertRefused(
        fixture.verifier().policy(others).build().verify(bytes(shown)),
        CredentialRefusal.NOT_TRUSTED);
  }
}
