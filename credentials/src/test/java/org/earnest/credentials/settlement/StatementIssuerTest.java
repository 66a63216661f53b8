package org.earnest.credentials.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.SettlementReceipt;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.ReputationStatement;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.Issuers;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.agent.AgentSchemas;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.schema.JsonSchemaCheck;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class StatementIssuerTest {
  private static final Caip19AssetId USDC =
      Caip19AssetId.parse("eip155:1/erc20:0x" + "dc".repeat(20));
  private static final AgentId AGENT = AgentId.parse("eip155:1:0x" + "aa".repeat(20) + ":7");
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "c1".repeat(20));
  private static final EvmAddress PAYEE = new EvmAddress("0x" + "ee".repeat(20));
  private static final BlockRef BLOCK = new BlockRef(USDC.chain(), 42, hash("b0"));

  private final CredentialFixture fixture = new CredentialFixture();
  private final StatementIssuer issuer =
      new StatementIssuer(new Issuers(List.of(fixture.issuer())), CredentialFixture.CLOCK);

  private static Hash32 hash(String two) {
    return new Hash32("0x" + two.repeat(32));
  }

  private JsonNode verified(String credential, String type) {
    VerificationOutcome outcome = fixture.verifier().verify(credential.getBytes(UTF_8));
    assertThat(outcome).isInstanceOf(VerificationOutcome.Verified.class);
    VerifiedCredential verified = ((VerificationOutcome.Verified) outcome).credential();
    assertThat(verified.types()).contains(type);
    return verified.json().get("credentialSubject");
  }

  private static ReputationStatement statement(long rated, long ratingSum) {
    SettledSummary summary =
        new SettledSummary(BigInteger.TEN, rated + 1, rated, ratingSum, 1, 0, 0);
    return new ReputationStatement(
        AGENT, PAYEE, 2, List.of(new ReputationStatement.Total(USDC, summary)), BLOCK);
  }

  private static String issued(StatementOutcome outcome) {
    assertThat(outcome).isInstanceOf(StatementOutcome.Issued.class);
    return ((StatementOutcome.Issued) outcome).credential();
  }

  private static StatementForm form(Optional<String> cryptosuite, Optional<String> format) {
    return new StatementForm(cryptosuite, format);
  }

  private static SettlementReceipt receipt() {
    return new SettlementReceipt(
        Caip10AccountId.parse("eip155:1:0x" + "ec".repeat(20)),
        new DealId(hash("d0")),
        3,
        LegState.ACCEPTED,
        CLIENT,
        PAYEE,
        Optional.of(AGENT),
        TokenAmount.of(USDC, 1_000_000),
        OptionalInt.of(90),
        new LogRef(BLOCK, hash("7a"), 5));
  }

  @Test
  void aReceiptNamesTheSettlementAndWhereItIsOnTheChain() {
    JsonNode about =
        verified(issued(issuer.issue(receipt(), StatementForm.USUAL)), StatementIssuer.RECEIPT);

    assertThat(about.get("id").asString()).isEqualTo("did:pkh:eip155:1:" + PAYEE.hex());
    assertThat(about.get("paid").asString()).isEqualTo("1000000");
    assertThat(about.get("rating").intValue()).isEqualTo(90);
    assertThat(about.get("outcome").asString()).isEqualTo("accepted");
    assertThat(about.get("transaction").asString()).isEqualTo(hash("7a").hex());
    assertThat(about.get("blockNumber").longValue()).isEqualTo(42);
    assertThat(about.get("blockHash").asString()).isEqualTo(hash("b0").hex());
  }

  @Test
  void aStatementHasTheSumsAndEveryStepTheyReach() {
    JsonNode about =
        verified(
            issued(issuer.issue(statement(10, 710), StatementForm.USUAL)),
            StatementIssuer.REPUTATION);

    assertThat(about.at("/settled/0/ratingSum").longValue()).isEqualTo(710);
    assertThat(about.get("ownerEpoch").longValue()).isEqualTo(2);
    assertThat(about.get("predicate").valueStream())
        .extracting(
            step -> step.get("averageAtLeast").intValue(),
            step -> step.get("ratedAtLeast").longValue())
        .containsExactlyInAnyOrder(
            tuple(50, 1L),
            tuple(50, 5L),
            tuple(50, 10L),
            tuple(60, 1L),
            tuple(60, 5L),
            tuple(60, 10L),
            tuple(70, 1L),
            tuple(70, 5L),
            tuple(70, 10L));
  }

  @Test
  void aStepIsReachedExactly() {
    assertThat(RatingPredicate.heldBy(statement(5, 300).totals().getFirst()))
        .contains(new RatingPredicate(USDC, 60, 5))
        .doesNotContain(new RatingPredicate(USDC, 70, 1), new RatingPredicate(USDC, 60, 10));
    assertThat(RatingPredicate.heldBy(statement(5, 299).totals().getFirst()))
        .doesNotContain(new RatingPredicate(USDC, 60, 5));
    assertThat(RatingPredicate.heldBy(statement(0, 0).totals().getFirst())).isEmpty();
  }

  @Test
  void aFormThatTheIssuerDoesNotHaveIsRefused() {
    Optional<String> selective = Optional.of("ecdsa-sd-2023");
    Optional<String> sdJwt = Optional.of("dc+sd-jwt");

    assertThat(
            List.of(
                form(selective, Optional.empty()),
                form(Optional.empty(), Optional.of("dc sd-jwt")),
                form(Optional.of("eddsa-jcs-2022"), sdJwt)))
        .allSatisfy(
            form -> {
              assertThat(issuer.issue(statement(10, 710), form))
                  .isInstanceOf(StatementOutcome.Unsupported.class);
              assertThat(issuer.issue(receipt(), form))
                  .isInstanceOf(StatementOutcome.Unsupported.class);
            });
  }

  @Test
  void whatAFormDoesNotHoldIsSaidInAnother() {
    ReputationStatement.Total total = statement(100, 10_000).totals().getFirst();
    ReputationStatement many =
        new ReputationStatement(AGENT, PAYEE, 2, Collections.nCopies(15, total), BLOCK);

    assertThat(issuer.issue(many, form(Optional.empty(), Optional.of("dc+sd-jwt"))))
        .isInstanceOf(StatementOutcome.TooLarge.class);
    verified(issued(issuer.issue(many, StatementForm.USUAL)), StatementIssuer.REPUTATION);
  }

  @Test
  void asAJwtItIsAnEnvelopedCredential() {
    assertThat(issued(issuer.issue(receipt(), form(Optional.empty(), Optional.of("vc+jwt")))))
        .contains("EnvelopedVerifiableCredential", "data:application/vc+jwt,");
  }

  @Test
  void theContextDefinesEveryTerm() throws Exception {
    JsonNode terms = SignableJson.read(AgentContext.document()).get("@context");
    JsonNode about =
        verified(
            issued(issuer.issue(statement(100, 10_000), StatementForm.USUAL)),
            StatementIssuer.REPUTATION);

    about.propertyNames().stream()
        .filter(name -> !name.equals("id"))
        .forEach(name -> assertThat(terms.has(name)).as(name).isTrue());
    about.at("/settled/0").propertyNames().forEach(name -> assertThat(terms.has(name)).isTrue());
    assertThat(terms.has(RatingPredicate.TYPE)).isTrue();
  }

  @Test
  void bothObeyTheirSchemas() throws Exception {
    assertObeys("settlement-receipt", issued(issuer.issue(receipt(), StatementForm.USUAL)));
    assertObeys(
        "reputation-statement", issued(issuer.issue(statement(10, 710), StatementForm.USUAL)));
  }

  private void assertObeys(String schema, String issued) throws Exception {
    ObjectNode credential = SignableJson.read(issued.getBytes(UTF_8));
    credential.remove("proof");
    credential
        .putObject("credentialSchema")
        .put("id", AgentSchemas.url(schema))
        .put("type", JsonSchemaCheck.TYPE);
    IssueOutcome named = fixture.issuer().issue(CredentialFixture.bytes(credential));
    DocumentSource nowhere =
        (uri, accept) -> {
          throw new AssertionError("a shipped schema was fetched: " + uri);
        };
    assertThat(
            CredentialVerifier.builder(
                    fixture.resolver(), AgentContext.known(), CredentialFixture.CLOCK)
                .schema(new JsonSchemaCheck(AgentSchemas.shipped(), nowhere))
                .build()
                .verify(CredentialFixture.bytes(((IssueOutcome.Issued) named).credential())))
        .as(schema)
        .isInstanceOf(VerificationOutcome.Verified.class);
  }
}
