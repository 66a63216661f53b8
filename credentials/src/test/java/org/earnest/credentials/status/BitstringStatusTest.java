package org.earnest.credentials.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Refusals;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.status.Statuses.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bitstring Status List 1.0 §3.2, through the whole verifier. */
class BitstringStatusTest {
  private static final URI LIST = URI.create("https://issuer.example/status-lists/1");
  private static final int INDEX = 94_567;

  private final CredentialFixture fixture = new CredentialFixture();
  private final ListServer server = new ListServer();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InstantSource clock = now::get;
  private final CredentialVerifier verifier = verifier();

  private CredentialVerifier verifier() {
    CredentialVerifier lists =
        CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), clock)
            .envelopes(new Envelopes(List.of(JwtEnvelope.CREDENTIAL)))
            .build();
    return CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), clock)
        .status(new BitstringStatus(server, lists, clock))
        .build();
  }

  private static Statuses zeros() {
    return Statuses.zeros(Order.LEFT_FIRST, 1, BitstringList.MIN_ENTRIES);
  }

  private static Statuses marked() {
    Statuses list = zeros();
    list.set(INDEX, 1);
    return list;
  }

  private void publish(StatusPurpose purpose, Statuses list) {
    publish(purpose, list, json -> {});
  }

  /** A list as the issuer signed it, changed before the signature. */
  private void publish(StatusPurpose purpose, Statuses list, Consumer<ObjectNode> change) {
    ObjectNode unsecured =
        BitstringList.credential(LIST, purpose, list, NOW, NOW.plus(Duration.ofHours(6)));
    ObjectNode signed =
        fixture.signed(
            json -> {
              json.removeAll();
              json.setAll(unsecured);
              json.put("issuer", fixture.issuer.value());
              change.accept(json);
            },
            proof -> {});
    server.with(LIST, signed.toString());
  }

  private VerificationOutcome verify(StatusPurpose purpose) {
    return verify(new BitstringEntry(purpose, INDEX, LIST).json());
  }

  private VerificationOutcome verify(ObjectNode status) {
    return verifier.verify(
        bytes(fixture.signed(json -> json.set("credentialStatus", status), proof -> {})));
  }

  private static void assertFound(VerificationOutcome outcome, String found) {
    assertThat(outcome.checks())
        .filteredOn(check -> check.stage() == Stage.STATUS)
        .singleElement()
        .satisfies(check -> assertThat(check.detail()).isEqualTo(found))
        .satisfies(check -> assertThat(check.passed()).isTrue());
    assertThat(outcome).isInstanceOf(VerificationOutcome.Verified.class);
  }

  private static void assertRefused(VerificationOutcome outcome, CredentialRefusal refusal) {
    Refusals.assertRefused(outcome, refusal, Stage.STATUS);
  }

  @Test
  void aCredentialThatIsNotMarkedPasses() {
    publish(StatusPurpose.REVOCATION, zeros());
    assertFound(verify(StatusPurpose.REVOCATION), "not revoked");
  }

  @Test
  void aMarkedCredentialIsRefused() {
    publish(StatusPurpose.REVOCATION, marked());
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.REVOKED);
    now.set(NOW.plus(ListCache.MAX_AGE));
    publish(StatusPurpose.SUSPENSION, marked());
    assertRefused(verify(StatusPurpose.SUSPENSION), CredentialRefusal.SUSPENDED);
  }

  @Test
  void aMessageIsToldAndARefreshIsNoRefusal() {
    Statuses list = Statuses.zeros(Order.LEFT_FIRST, 2, BitstringList.MIN_ENTRIES);
    list.set(INDEX, 2);
    publish(StatusPurpose.MESSAGE, list);
    List<String> messages = List.of("asked", "paid", "late", "void");
    BitstringEntry entry = new BitstringEntry(StatusPurpose.MESSAGE, INDEX, LIST, 2, messages);
    assertFound(verify(entry.json()), "message: late");
    now.set(NOW.plus(ListCache.MAX_AGE));
    publish(StatusPurpose.REFRESH, marked());
    assertFound(verify(StatusPurpose.REFRESH), "a newer credential is to be had");
  }

  @Test
  void everyStatusOfACredentialIsAsked() {
    publish(
        StatusPurpose.REVOCATION,
        zeros(),
        json ->
            ((ObjectNode) json.path("credentialSubject"))
                .putArray("statusPurpose")
                .add("revocation")
                .add("suspension"));
    ObjectNode both =
        fixture.signed(
            json ->
                json.putArray("credentialStatus")
                    .add(new BitstringEntry(StatusPurpose.REVOCATION, 1, LIST).json())
                    .add(new BitstringEntry(StatusPurpose.SUSPENSION, 1, LIST).json()),
            proof -> {});
    assertFound(verifier.verify(bytes(both)), "not revoked, not suspended");
  }

  @Test
  void aListThatCannotBeHadFailsClosed() {
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_UNAVAILABLE);
    server.fails(LIST);
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_UNAVAILABLE);
    publish(StatusPurpose.REVOCATION, zeros());
    assertFound(verify(StatusPurpose.REVOCATION), "not revoked");
  }

  @Test
  void aListWithoutItsIssuersProofDoesNotCount() {
    publish(StatusPurpose.REVOCATION, zeros());
    ObjectNode changed = (ObjectNode) JsonMapper.shared().readTree(body());
    ((ObjectNode) changed.path("credentialSubject"))
        .put("encodedList", "u" + Compression.GZIP.write(marked().bytes()));
    server.with(LIST, changed.toString());
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_INVALID);
    changed.remove("proof");
    server.with(LIST, changed.toString());
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_INVALID);
    server.with(LIST, "{}");
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_INVALID);
  }

  /** VC-JOSE-COSE §3.1: the list's bytes are the JWT alone. */
  @Test
  void aListSecuredAsAJwtCounts() throws Exception {
    server.with(LIST, sealed(zeros(), fixture.issuer.value()) + "\n");
    assertFound(verify(StatusPurpose.REVOCATION), "not revoked");
    now.set(NOW.plus(ListCache.MAX_AGE));
    server.with(LIST, sealed(marked(), fixture.issuer.value()));
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.REVOKED);
  }

  @Test
  void aJwtThatIsNotTheIssuersListDoesNotCount() throws Exception {
    String good = sealed(zeros(), fixture.issuer.value());
    String changed = sealed(marked(), fixture.issuer.value());
    String spliced =
        changed.substring(0, changed.lastIndexOf('.')) + good.substring(good.lastIndexOf('.'));
    for (String jwt : List.of(spliced, sealed(zeros(), "did:example:other"), "eyJ", "eyJ.e.e")) {
      server.with(LIST, jwt);
      assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_INVALID);
    }
  }

  private String sealed(Statuses list, String issuer) throws Exception {
    ObjectNode unsecured =
        BitstringList.credential(
                LIST, StatusPurpose.REVOCATION, list, NOW, NOW.plus(Duration.ofHours(6)))
            .put("issuer", issuer);
    return JwtEnvelope.CREDENTIAL.seal(unsecured, fixture.signer);
  }

  private String body() {
    return ((org.earnest.credentials.fetch.DocumentSource.Answer.Received) server.get(LIST, ""))
        .body();
  }

  @Test
  void anotherIssuersListDoesNotCount() {
    LocalSigner other = LocalSigner.didKey(KeyType.ED25519, new byte[32]);
    ObjectNode unsecured =
        BitstringList.credential(
                LIST, StatusPurpose.REVOCATION, zeros(), NOW, NOW.plus(Duration.ofHours(6)))
            .put("issuer", other.verificationMethod().did().value());
    ObjectNode options =
        unsecured
            .objectNode()
            .put("type", "DataIntegrityProof")
            .put("cryptosuite", "eddsa-jcs-2022")
            .put("created", NOW.toString())
            .put("verificationMethod", other.verificationMethod().toString())
            .put("proofPurpose", "assertionMethod");
    unsecured.set("proof", JcsCryptosuite.EDDSA_2022.prove(unsecured, options, other));
    server.with(LIST, unsecured.toString());
    var resolver =
        new org.earnest.testkit.identity.InMemoryDidResolver()
            .with(document(fixture.signer))
            .with(document(other));
    CredentialVerifier lists =
        CredentialVerifier.builder(resolver, AgentContext.known(), clock).build();
    assertThat(lists.verify(bytes(unsecured))).isInstanceOf(VerificationOutcome.Verified.class);
    CredentialVerifier trusting =
        CredentialVerifier.builder(resolver, AgentContext.known(), clock)
            .status(new BitstringStatus(server, lists, clock))
            .build();
    ObjectNode status = new BitstringEntry(StatusPurpose.REVOCATION, INDEX, LIST).json();
    assertRefused(
        trusting.verify(
            bytes(fixture.signed(json -> json.set("credentialStatus", status), proof -> {}))),
        CredentialRefusal.STATUS_INVALID);
  }

  private static org.earnest.core.identity.DidDocument document(LocalSigner signer) {
    return CredentialFixture.document(
        signer.verificationMethod(),
        signer.publicKeyMultibase(),
        org.earnest.core.identity.VerificationRelationship.ASSERTION_METHOD);
  }

  @Test
  void aListForAnotherPurposeOrPlaceDoesNotCount() {
    publish(StatusPurpose.SUSPENSION, zeros());
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_INVALID);
    now.set(NOW.plus(ListCache.MAX_AGE));
    publish(StatusPurpose.REVOCATION, zeros(), json -> json.put("id", LIST + "0"));
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_INVALID);
    publish(
        StatusPurpose.REVOCATION,
        zeros(),
        json ->
            json.put("validFrom", NOW.minus(Duration.ofHours(1)).toString())
                .put("validUntil", NOW.minus(Duration.ofMinutes(2)).toString()));
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_INVALID);
  }

  @Test
  void tooManyStatusesAreRefusedBeforeAnyIsAskedFor() {
    ObjectNode status = new BitstringEntry(StatusPurpose.REVOCATION, INDEX, LIST).json();
    VerificationOutcome outcome =
        verifier.verify(
            bytes(
                fixture.signed(
                    json -> {
                      var statuses = json.putArray("credentialStatus");
                      for (int i = 0; i <= BitstringStatus.MAX_STATUSES; i++) {
                        statuses.add(status.deepCopy().put("id", "urn:status:" + i));
                      }
                    },
                    proof -> {})));
    // No list is published: to ask for one would be answered otherwise.
    assertRefused(outcome, CredentialRefusal.INVALID_CREDENTIAL);
  }

  @Test
  void aListThatIsTooShortOrTooLongOrNoListIsRefused() {
    publish(StatusPurpose.REVOCATION, Statuses.zeros(Order.LEFT_FIRST, 1, 131_064));
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_LIST_TOO_SHORT);
    now.set(NOW.plus(ListCache.MAX_AGE));
    publish(
        StatusPurpose.REVOCATION,
        Statuses.zeros(Order.LEFT_FIRST, 1, Byte.SIZE * (Compression.MAX_BYTES + 1)));
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.STATUS_MALFORMED);
  }

  @Test
  void anIndexBeyondTheListIsRefused() {
    publish(StatusPurpose.REVOCATION, zeros());
    assertRefused(
        verify(new BitstringEntry(StatusPurpose.REVOCATION, 131_072, LIST).json()),
        CredentialRefusal.STATUS_OUT_OF_RANGE);
    assertRefused(
        verify(new BitstringEntry(StatusPurpose.REVOCATION, 999_999_999_999L, LIST).json()),
        CredentialRefusal.STATUS_OUT_OF_RANGE);
  }

  /** An integer is what the specification asks for, of whatever length. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "999999999999999999",
        "1000000000000000000",
        "9223372036854775808",
        "123456789012345678901234567890123456789012345678901234567890"
      })
  void anIndexOfAnyLengthIsOutOfRangeAndNotMalformed(String index) {
    publish(StatusPurpose.REVOCATION, zeros());
    ObjectNode status = new BitstringEntry(StatusPurpose.REVOCATION, INDEX, LIST).json();
    assertRefused(
        verify(status.put("statusListIndex", index)), CredentialRefusal.STATUS_OUT_OF_RANGE);
  }

  @Test
  void aRevocationIsKnownAfterFiveMinutesAtMost() {
    publish(StatusPurpose.REVOCATION, zeros(), json -> ttl(json, Duration.ofDays(30)));
    assertFound(verify(StatusPurpose.REVOCATION), "not revoked");
    publish(StatusPurpose.REVOCATION, marked());
    now.set(NOW.plus(ListCache.MAX_AGE).minusSeconds(1));
    assertFound(verify(StatusPurpose.REVOCATION), "not revoked");
    assertThat(server.asked).hasValue(1);
    now.set(NOW.plus(ListCache.MAX_AGE));
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.REVOKED);
  }

  @Test
  void aListIsKeptNoLongerThanItsIssuerWants() {
    publish(StatusPurpose.REVOCATION, zeros(), json -> ttl(json, Duration.ofSeconds(10)));
    assertFound(verify(StatusPurpose.REVOCATION), "not revoked");
    publish(StatusPurpose.REVOCATION, marked());
    now.set(NOW.plusSeconds(10));
    assertRefused(verify(StatusPurpose.REVOCATION), CredentialRefusal.REVOKED);
  }

  private static void ttl(ObjectNode json, Duration ttl) {
    ((ObjectNode) json.path("credentialSubject")).put("ttl", ttl.toMillis());
  }

  @Test
  void manyWhoAskAtOnceWaitForOneReading() throws Exception {
    publish(StatusPurpose.REVOCATION, zeros());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<VerificationOutcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        outcomes.add(threads.submit(() -> verify(StatusPurpose.REVOCATION)));
      }
      for (Future<VerificationOutcome> outcome : outcomes) {
        assertFound(outcome.get(), "not revoked");
      }
    }
    assertThat(server.asked).hasValue(1);
  }
}
