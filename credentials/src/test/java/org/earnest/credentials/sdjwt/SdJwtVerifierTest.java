package org.earnest.credentials.sdjwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.HolderBinding;
import org.earnest.credentials.InMemoryChallenges;
import org.earnest.credentials.SdJwtOutcome;
import org.earnest.credentials.SdJwtVerifier;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.jose.JwsWriter;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.status.ListServer;
import org.earnest.credentials.status.Statuses;
import org.earnest.credentials.status.Statuses.Order;
import org.earnest.credentials.status.TokenList;
import org.earnest.credentials.status.TokenStatus;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** SD-JWT VC with its issuer's key, its holder's proof and its status, through the verifier. */
class SdJwtVerifierTest {
  private static final String AUDIENCE = "https://verifier.example";
  private static final URI LIST = URI.create("https://issuer.example/status-lists/2");
  private static final HolderBinding NONE = new HolderBinding.NotExpected();

  private final LocalSigner issuer = LocalSigner.didKey(KeyType.P256, filled(1));
  private final LocalSigner holder = LocalSigner.didKey(KeyType.ED25519, filled(2));
  private final LocalSigner stranger = LocalSigner.didKey(KeyType.ED25519, filled(3));
  private final Challenges challenges = new InMemoryChallenges(CLOCK);
  private final ListServer server = new ListServer();
  private final InMemoryDidResolver resolver =
      new InMemoryDidResolver().with(document(issuer)).with(document(stranger));
  private final SdJwtVerifier verifier =
      new SdJwtVerifier(
          resolver,
          CLOCK,
          new TokenStatus(server, new TokenListVerifier(resolver), CLOCK),
          challenges);

  private static byte[] filled(int value) {
    byte[] secret = new byte[32];
    java.util.Arrays.fill(secret, (byte) value);
    return secret;
  }

  private static org.earnest.core.identity.DidDocument document(LocalSigner signer) {
    return CredentialFixture.document(
        signer.verificationMethod(),
        signer.publicKeyMultibase(),
        VerificationRelationship.ASSERTION_METHOD);
  }

  private ObjectNode claims() {
    ObjectNode claims =
        JsonNodeFactory.instance
            .objectNode()
            .put("iss", issuer.verificationMethod().did().value())
            .put("vct", "https://credentials.example/agent")
            .put("iat", NOW.getEpochSecond())
            .put("exp", NOW.getEpochSecond() + 3600)
            .put("model", "m-1")
            .put("score", 0.8);
    claims.putArray("standards").add("ISO 26262").add("ISO 9001");
    claims
        .putObject("cnf")
        .set("jwk", JwkKey.of(VerificationKey.parse(holder.publicKeyMultibase()).orElseThrow()));
    return claims;
  }

  private SdJwt issued(Consumer<ObjectNode> change, String... hidden) {
    ObjectNode claims = claims();
    change.accept(claims);
    return new SdJwtIssuer(issuer).issue(claims, SdJwtVerifier.TYPE, Set.of(hidden), 2);
  }

  private HolderBinding.Required required() {
    return new HolderBinding.Required(
        new KeyBinding(AUDIENCE, challenges.create(Duration.ofMinutes(5))));
  }

  private static void assertRefused(SdJwtOutcome outcome, CredentialRefusal refusal) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SdJwtOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).as(refused.detail()).isEqualTo(refusal));
  }

  private static ObjectNode verified(SdJwtOutcome outcome) {
    assertThat(outcome).isInstanceOf(SdJwtOutcome.Verified.class);
    return ((SdJwtOutcome.Verified) outcome).credential().claims();
  }

  @Test
  void theHolderShowsWhatIsAskedForAndNoMore() throws Exception {
    SdJwt whole = issued(claims -> {}, "/model", "/score", "/standards/0", "/standards/1");
    HolderBinding.Required asked = required();
    SdJwt shown = asked.expected().bind(whole.disclose("/standards/0"::equals), holder, NOW);
    SdJwtOutcome outcome = verifier.verify(shown.toString(), asked);
    ObjectNode claims = verified(outcome);
    assertThat(claims.path("standards").toString()).isEqualTo("[\"ISO 26262\"]");
    assertThat(claims.has("model")).isFalse();
    assertThat(claims.has("score")).isFalse();
    assertThat(claims.has("_sd")).isFalse();
    assertThat(((SdJwtOutcome.Verified) outcome).credential().bound()).isTrue();
  }

  @Test
  void aClaimWithinAClaimIsShownWithWhatItStandsIn() throws Exception {
    SdJwt whole =
        issued(
            claims -> claims.putObject("limits").put("day", 100).put("deal", 10),
            "/limits",
            "/limits/day",
            "/limits/deal");
    SdJwt shown = whole.disclose("/limits/deal"::equals);
    assertThat(verified(verifier.verify(shown.toString(), NONE)).path("limits").toString())
        .isEqualTo("{\"deal\":10}");
  }

  @Test
  void aHoldersProofIsDemandedAndNeverJustTakenAsItComes() throws Exception {
    SdJwt whole = issued(claims -> {});
    assertRefused(
        verifier.verify(whole.toString(), required()), CredentialRefusal.HOLDER_BINDING_MISSING);
    SdJwt bound = required().expected().bind(whole, holder, NOW);
    assertRefused(
        verifier.verify(bound.toString(), NONE), CredentialRefusal.HOLDER_BINDING_INVALID);
    SdJwt keyless = issued(claims -> claims.remove("cnf"));
    HolderBinding.Required asked = required();
    assertRefused(
        verifier.verify(asked.expected().bind(keyless, holder, NOW).toString(), asked),
        CredentialRefusal.HOLDER_BINDING_MISSING);
  }

  @Test
  void anAnswerForSomebodyOrSomethingElseIsRefused() throws Exception {
    SdJwt whole = issued(claims -> {}, "/model");
    HolderBinding.Required asked = required();
    KeyBinding expected = asked.expected();
    SdJwt elsewhere =
        new KeyBinding("https://other.example", expected.nonce()).bind(whole, holder, NOW);
    assertInvalid(elsewhere, asked);
    assertInvalid(new KeyBinding(AUDIENCE, "another").bind(whole, holder, NOW), asked);
    assertInvalid(expected.bind(whole, stranger, NOW), asked);
    assertInvalid(expected.bind(whole, holder, NOW.minus(Duration.ofMinutes(6))), asked);
    assertInvalid(expected.bind(whole, holder, NOW.plus(Duration.ofMinutes(2))), asked);
    SdJwt bound = expected.bind(whole, holder, NOW);
    assertInvalid(new SdJwt(bound.issued(), List.of(), bound.keyBinding()), asked);
    // Whatever was refused has used nothing up.
    verified(verifier.verify(bound.toString(), asked));
  }

  private void assertInvalid(SdJwt presented, HolderBinding.Required asked) {
    assertRefused(
        verifier.verify(presented.toString(), asked), CredentialRefusal.HOLDER_BINDING_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "ES256"})
  void anAnswerByAnotherAlgorithmIsRefused(String algorithm) {
    SdJwt whole = issued(claims -> {});
    HolderBinding.Required asked = required();
    SdJwt bound = asked.expected().bind(whole, holder, NOW);
    String[] parts = bound.keyBinding().orElseThrow().split("\\.", -1);
    String header =
        Disclosure.encode(
            "{\"alg\":\"%s\",\"typ\":\"kb+jwt\"}".formatted(algorithm).getBytes(UTF_8));
    assertInvalid(
        new SdJwt(
            whole.issued(),
            whole.disclosures(),
            Optional.of(header + "." + parts[1] + "." + parts[2])),
        asked);
  }

  @Test
  void anAnswerOfAnotherTypeIsRefused() {
    SdJwt whole = issued(claims -> {});
    HolderBinding.Required asked = required();
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("aud", AUDIENCE)
            .put("nonce", asked.expected().nonce())
            .put("iat", NOW.getEpochSecond())
            .put("sd_hash", Disclosure.digest(whole.withoutKeyBinding()));
    for (String type : List.of("JWT", "dc+sd-jwt", "KB+JWT")) {
      String jwt = JwsWriter.signUnnamed(answer, type, holder);
      assertInvalid(new SdJwt(whole.issued(), whole.disclosures(), Optional.of(jwt)), asked);
    }
  }

  @Test
  void aNonceIsGoodForOneOfManyWhoComeAtOnce() throws Exception {
    HolderBinding.Required asked = required();
    String bound = asked.expected().bind(issued(claims -> {}), holder, NOW).toString();
    List<SdJwtOutcome> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SdJwtOutcome>> running = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        running.add(threads.submit(() -> verifier.verify(bound, asked)));
      }
      for (Future<SdJwtOutcome> outcome : running) {
        outcomes.add(outcome.get());
      }
    }
    assertThat(outcomes).filteredOn(SdJwtOutcome.Verified.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(SdJwtOutcome.Refused.class::isInstance)
        .allSatisfy(outcome -> assertRefused(outcome, CredentialRefusal.CHALLENGE_USED));
  }

  @Test
  void whereNobodyCanSayWhomToBelieveTheNonceIsKept() {
    HolderBinding.Required asked = required();
    String bound = asked.expected().bind(issued(claims -> {}), holder, NOW).toString();
    SdJwtVerifier unsure =
        new SdJwtVerifier(
            resolver,
            CLOCK,
            new TokenStatus(server, new TokenListVerifier(resolver), CLOCK),
            challenges,
            (who, types) -> {
              throw new InvalidCredentialException(CredentialRefusal.TRUST_UNAVAILABLE, "away");
            });
    assertRefused(unsure.verify(bound, asked), CredentialRefusal.TRUST_UNAVAILABLE);
    verified(verifier.verify(bound, asked));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "exp", "cnf", "vct"})
  void theIssuersWordAboutTheCredentialIsNotHidden(String claim) {
    assertThat(verifier.verify(issued(claims -> {}, "/" + claim).toString(), NONE))
        .isInstanceOf(SdJwtOutcome.Refused.class);
  }

  @Test
  void whatTheIssuerMustSayIsMissed() {
    assertRefused(
        verifier.verify(issued(claims -> claims.remove("vct")).toString(), NONE),
        CredentialRefusal.INVALID_CREDENTIAL);
    assertRefused(
        verifier.verify(issued(claims -> claims.remove("iss")).toString(), NONE),
        CredentialRefusal.INVALID_CREDENTIAL);
    assertRefused(
        verifier.verify(issued(claims -> claims.put("iss", AUDIENCE)).toString(), NONE),
        CredentialRefusal.INVALID_CREDENTIAL);
  }

  @Test
  void anotherIssuersKeyIsRefused() {
    String other = stranger.verificationMethod().did().value();
    assertRefused(
        verifier.verify(issued(claims -> claims.put("iss", other)).toString(), NONE),
        CredentialRefusal.ISSUER_MISMATCH);
    SdJwt forged = new SdJwtIssuer(stranger).issue(claims(), SdJwtVerifier.TYPE, Set.of(), 0);
    assertRefused(verifier.verify(forged.toString(), NONE), CredentialRefusal.ISSUER_MISMATCH);
    SdJwt another = new SdJwtIssuer(issuer).issue(claims(), "vc+jwt", Set.of(), 0);
    assertRefused(verifier.verify(another.toString(), NONE), CredentialRefusal.PROOF_UNSUPPORTED);
  }

  @Test
  void whatIsOverOrHasNotBegunIsRefused() {
    assertRefused(
        verifier.verify(
            issued(claims -> claims.put("exp", NOW.getEpochSecond() - 61)).toString(), NONE),
        CredentialRefusal.EXPIRED);
    assertRefused(
        verifier.verify(
            issued(claims -> claims.put("nbf", NOW.getEpochSecond() + 61)).toString(), NONE),
        CredentialRefusal.NOT_YET_VALID);
  }

  private void publish(LocalSigner signer, URI subject, int index, int value) {
    Statuses list = Statuses.zeros(Order.RIGHT_FIRST, 2, 1000);
    list.set(index, value);
    server.with(
        LIST,
        TokenList.sign(subject, list, Duration.ofMinutes(1), Duration.ofHours(6), NOW, signer));
  }

  private SdJwtOutcome withStatus(int index) {
    return verifier.verify(
        issued(
                claims ->
                    claims
                        .putObject("status")
                        .putObject("status_list")
                        .put("idx", index)
                        .put("uri", LIST.toString()))
            .toString(),
        NONE);
  }

  @Test
  void theStatusListOfItsIssuerIsAsked() {
    assertRefused(withStatus(7), CredentialRefusal.STATUS_UNAVAILABLE);
    publish(issuer, LIST, 7, 1);
    verified(withStatus(6));
    assertRefused(withStatus(7), CredentialRefusal.REVOKED);
    assertRefused(withStatus(1000), CredentialRefusal.STATUS_OUT_OF_RANGE);
    assertRefused(withStatus(-1), CredentialRefusal.STATUS_MALFORMED);
    assertThat(server.asked).hasValue(2);
  }

  @Test
  void aSuspendedOrOddStatusIsRefused() {
    publish(issuer, LIST, 7, 2);
    assertRefused(withStatus(7), CredentialRefusal.SUSPENDED);
    publish(issuer, LIST, 8, 3);
    SdJwtVerifier fresh =
        new SdJwtVerifier(
            resolver,
            CLOCK,
            new TokenStatus(server, new TokenListVerifier(resolver), CLOCK),
            challenges);
    SdJwt odd =
        issued(
            claims ->
                claims
                    .putObject("status")
                    .putObject("status_list")
                    .put("idx", 8)
                    .put("uri", LIST.toString()));
    assertRefused(fresh.verify(odd.toString(), NONE), CredentialRefusal.STATUS_UNSUPPORTED);
  }

  @Test
  void aListOfAnotherSignerOrPlaceOrTypeDoesNotCount() {
    publish(stranger, LIST, 7, 0);
    assertRefused(withStatus(7), CredentialRefusal.STATUS_INVALID);
    publish(issuer, URI.create(LIST + "x"), 7, 0);
    assertRefused(withStatus(7), CredentialRefusal.STATUS_INVALID);
    server.with(LIST, JwsWriter.sign(claims(), "JWT", Optional.empty(), issuer));
    assertRefused(withStatus(7), CredentialRefusal.STATUS_INVALID);
    server.with(LIST, "no list");
    assertRefused(withStatus(7), CredentialRefusal.STATUS_INVALID);
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void everyKindOfKeyIssuesAndHolds(KeyType type) {
    LocalSigner signer = LocalSigner.randomDidKey(type);
    resolver.with(document(signer));
    ObjectNode claims = claims().put("iss", signer.verificationMethod().did().value());
    claims
        .putObject("cnf")
        .set("jwk", JwkKey.of(VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow()));
    HolderBinding.Required asked = required();
    SdJwt issued = new SdJwtIssuer(signer).issue(claims, SdJwtVerifier.TYPE, Set.of("/score"), 0);
    verified(verifier.verify(asked.expected().bind(issued, signer, NOW).toString(), asked));
  }
}
