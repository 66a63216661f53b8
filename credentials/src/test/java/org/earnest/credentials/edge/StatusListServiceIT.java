package org.earnest.credentials.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.Refusals.assertRefused;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.status.AnchoredContent;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.credentials.status.BitstringStatus;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.store.StatusSeries;
import org.earnest.credentials.store.StatusSlot;
import org.earnest.credentials.store.StatusWish;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** An issuer's status lists over HTTP, with the real database, checked by a real verifier. */
class StatusListServiceIT {
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(CredentialFixture.NOW);
  private static final InstantSource CLOCK = NOW::get;
  private static final List<String> ANCHORED = new CopyOnWriteArrayList<>();
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static ServiceGround ground;

  @SuppressWarnings("NullAway.Init")
  private static StatusLists lists;

  private static final CredentialIssuer ISSUER =
      new CredentialIssuer(FIXTURE.signer, AgentContext.known(), CLOCK);

  @BeforeAll
  static void start() throws Exception {
    ground = new ServiceGround(temporary);
    lists =
        ground.lists(
            List.of(ISSUER),
            Optional.of((url, content) -> ANCHORED.add(url + new String(content, UTF_8))),
            CLOCK);
    ground.serve(new StatusListService(lists, ground.operator()), credentials());
  }

  @AfterAll
  static void stop() {
    ground.close();
  }

  private static CredentialsService credentials() {
    return ground.service(
        List.of(ISSUER),
        CredentialVerifier.builder(FIXTURE.resolver(), AgentContext.known(), CLOCK),
        Optional.of(lists),
        CLOCK);
  }

  private static HttpResponse<String> issue(String purposes) throws Exception {
    return issue(CredentialFixture.unsecured(), purposes);
  }

  private static HttpResponse<String> issue(ObjectNode credential, String purposes)
      throws Exception {
    return post(
        "/credentials/issue",
        "{\"credential\":%s,\"options\":{\"statusPurposes\":%s}}".formatted(credential, purposes));
  }

  @Test
  void aCredentialIsIssuedWithTheStatusesThatAreAskedFor() throws Exception {
    HttpResponse<String> issued = issue("[\"revocation\",\"suspension\"]");
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    ObjectNode credential =
        (ObjectNode)
            StrictJson.readTree(issued.body().getBytes(UTF_8)).path("verifiableCredential");
    assertThat(verify(CredentialFixture.bytes(credential)))
        .isInstanceOf(VerificationOutcome.Verified.class);
    String second = credential.path("credentialStatus").path(1).toString();
    assertThat(change("{\"credentialStatus\":" + second + "}").statusCode()).isEqualTo(200);
    assertRefused(verify(CredentialFixture.bytes(credential)), CredentialRefusal.SUSPENDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"revocation\"", "[\"message\"]", "[\"fashion\"]", "[7]"})
  void aStatusThatCannotBeGivenIsRefused(String purposes) throws Exception {
    assertThat(issue(purposes).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SettlementReceiptCredential",
        "ReputationStatementCredential",
        "PaymentReceiptCredential",
        "BitstringStatusListCredential",
        "https://earnest.example/vocab/agent#SettlementReceiptCredential"
      })
  void nobodyHasTheHousesOwnStatementsSigned(String type) throws Exception {
    ObjectNode credential = CredentialFixture.unsecured();
    credential.putArray("type").add("VerifiableCredential").add(type);
    HttpResponse<String> answer = issue(credential, "[\"revocation\"]");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("\"type_reserved\"");
  }

  /** As where a house was started with another folder of keys. */
  @Test
  void aListOfAnotherIssuerIsServedAsHeSignedItLast() {
    CredentialIssuer before =
        new CredentialIssuer(
            LocalSigner.randomDidKey(KeyType.ED25519), AgentContext.known(), CLOCK);
    StatusLists his = ground.lists(List.of(before), Optional.empty(), CLOCK);
    StatusSlot slot =
        ground
            .store()
            .allocate(
                StatusSeries.bitstring(before.issuer().value(), StatusPurpose.REVOCATION, 1),
                Optional.empty());
    assertThat(lists.served(slot.list())).isEmpty();
    String signed = his.served(slot.list()).orElseThrow().published().document();
    ground.store().change(List.of(slot), new StatusWish(Optional.empty(), 1));
    assertThat(lists.served(slot.list()).orElseThrow().published().document()).isEqualTo(signed);
    assertThat(his.served(slot.list()).orElseThrow().published().document()).isNotEqualTo(signed);
    assertThat(lists.otherIssuers()).contains(before.issuer().value());
    assertThat(his.otherIssuers()).doesNotContain(before.issuer().value());
  }

  @Test
  void theOperatorAloneRevokes() throws Exception {
    BitstringEntry entry = allocate(StatusPurpose.REVOCATION, Optional.empty());
    byte[] credential = issued(entry);
    String body = "{\"credentialStatus\":" + entry.json() + "}";
    assertThat(post("/credentials/status", body).statusCode()).isEqualTo(401);
    assertThat(post("/credentials/status", body, "Authorization", "Bearer 00").statusCode())
        .isEqualTo(401);
    assertThat(verify(credential)).isInstanceOf(VerificationOutcome.Verified.class);
  }

  private static BitstringEntry allocate(StatusPurpose purpose, Optional<String> id) {
    return lists.allocate(FIXTURE.issuer, purpose, id);
  }

  private static HttpResponse<String> change(String body) throws Exception {
    return post("/credentials/status", body, "Authorization", ground.operator().authorization());
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws Exception {
    return VcApi.post(ground.address(), path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static HttpResponse<String> change(BitstringEntry entry, String status) throws Exception {
    return change("{\"credentialStatus\":" + entry.json() + ",\"status\":" + status + "}");
  }

  private static byte[] issued(BitstringEntry entry) {
    ObjectNode unsecured = CredentialFixture.unsecured();
    unsecured.set("credentialStatus", entry.json());
    return switch (ISSUER.issue(CredentialFixture.bytes(unsecured))) {
      case IssueOutcome.Issued issued -> CredentialFixture.bytes(issued.credential());
      case IssueOutcome.Refused refused -> throw new AssertionError(refused.detail());
    };
  }

  /** One that has kept nothing yet, and fetches as a stranger would. */
  private static VerificationOutcome verify(byte[] credential) throws Exception {
    FetchPolicy policy = FetchPolicy.STRICT.allowing(Set.of(ground.address().toString()));
    try (GuardedFetcher fetcher = new GuardedFetcher(policy)) {
      CredentialVerifier ofLists =
          CredentialVerifier.builder(FIXTURE.resolver(), AgentContext.known(), CLOCK).build();
      return CredentialVerifier.builder(FIXTURE.resolver(), AgentContext.known(), CLOCK)
          .status(new BitstringStatus(new GuardedDocuments(fetcher), ofLists, CLOCK))
          .build()
          .verify(credential);
    }
  }

  @Test
  void theDocumentOfItsRoutesIsTrue() {
    assertThat(OpenApiAgreement.differences(new StatusListService(lists, ground.operator())))
        .isEmpty();
  }

  @Test
  void aCredentialIsGoodUntilItIsRevokedAndThenForEverBad() throws Exception {
    BitstringEntry entry = allocate(StatusPurpose.REVOCATION, Optional.empty());
    byte[] credential = issued(entry);
    assertThat(verify(credential)).isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(change(entry, "true").statusCode()).isEqualTo(200);
    assertRefused(verify(credential), CredentialRefusal.REVOKED);
    assertThat(change(entry, "true").statusCode()).isEqualTo(200);
    assertThat(change(entry, "false").statusCode()).isEqualTo(409);
    assertRefused(verify(credential), CredentialRefusal.REVOKED);
  }

  @Test
  void aSuspensionEnds() throws Exception {
    String id = "urn:uuid:" + java.util.UUID.randomUUID();
    byte[] credential = issued(allocate(StatusPurpose.SUSPENSION, Optional.of(id)));
    String body =
        """
        {"credentialId":"%s","status":%s,
         "credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":"suspension"}}
        """;
    assertThat(change(body.formatted(id, true)).statusCode()).isEqualTo(200);
    assertRefused(verify(credential), CredentialRefusal.SUSPENDED);
    assertThat(change(body.formatted(id, false)).statusCode()).isEqualTo(200);
    assertThat(verify(credential)).isInstanceOf(VerificationOutcome.Verified.class);
  }

  /** Nothing keeps two credentials from having one id. */
  @Test
  void allCredentialsOfAnIdAreRevokedAtOnceAndNoOtherIssuers() throws Exception {
    String id = "urn:uuid:" + java.util.UUID.randomUUID();
    List<byte[]> credentials =
        List.of(
            issued(allocate(StatusPurpose.REVOCATION, Optional.of(id))),
            issued(allocate(StatusPurpose.REVOCATION, Optional.of(id))));
    StatusSeries others = StatusSeries.bitstring("did:example:b", StatusPurpose.REVOCATION, 1);
    StatusSlot other = ground.store().allocate(others, Optional.of(id));
    String body =
        """
        {"credentialId":"%s",
         "credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":"revocation"}}
        """
            .formatted(id);
    assertThat(change(body).statusCode()).isEqualTo(200);
    for (byte[] credential : credentials) {
      assertRefused(verify(credential), CredentialRefusal.REVOKED);
    }
    assertThat(
            ground
                .store()
                .values(ground.store().list(other.list()).orElseThrow())
                .get(other.index()))
        .isZero();
  }

  @Test
  void whatIsRefusedTakesNoPlace() throws Exception {
    String id = "urn:uuid:" + java.util.UUID.randomUUID();
    ObjectNode bad = CredentialFixture.unsecured().put("id", id).put("issuer", "did:example:c");
    assertThat(issue(bad, "[\"revocation\"]").statusCode()).isEqualTo(400);
    assertThat(lists.find(id, StatusPurpose.REVOCATION)).isEmpty();
    bad.put("issuer", FIXTURE.issuer.value());
    assertThat(issue(bad, "[\"revocation\"]").statusCode()).isEqualTo(201);
    assertThat(lists.find(id, StatusPurpose.REVOCATION)).hasSize(1);
  }

  @Test
  void aListIsCachedByItsTagUntilItChanges() throws Exception {
    BitstringEntry entry = allocate(StatusPurpose.REVOCATION, Optional.empty());
    HttpResponse<String> first = VcApi.get(entry.list());
    assertThat(first.headers().firstValue("Content-Type").orElse("")).startsWith("application/vc");
    assertThat(first.headers().firstValue("Cache-Control")).contains("public, max-age=60");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(VcApi.get(entry.list(), "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(VcApi.get(entry.list()).body()).isEqualTo(first.body());
    assertThat(change(entry, "true").statusCode()).isEqualTo(200);
    HttpResponse<String> second = VcApi.get(entry.list(), "If-None-Match", tag);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(ANCHORED)
        .containsOnlyOnce(anchored(entry.list(), first.body()))
        .containsOnlyOnce(anchored(entry.list(), second.body()));
  }

  /** Whoever holds any signed copy can prove it, and one transaction is enough for all of them. */
  @Test
  void aListIsSignedAgainBeforeItEndsAndStillProven() throws Exception {
    URI list = allocate(StatusPurpose.REFRESH, Optional.empty()).list();
    String first = VcApi.get(list).body();
    Instant before = NOW.getAndUpdate(now -> now.plus(Duration.ofHours(4)));
    try {
      String second = VcApi.get(list).body();
      assertThat(second).isNotEqualTo(first).contains(NOW.get().toString());
      assertThat(ANCHORED).containsOnlyOnce(anchored(list, second));
      assertThat(anchored(list, first)).isEqualTo(anchored(list, second));
    } finally {
      NOW.set(before);
    }
  }

  private static String anchored(URI list, String served) throws Exception {
    return list + new String(AnchoredContent.of(served), UTF_8);
  }

  @Test
  void noPlaceIsGivenTwiceHoweverManyAskAtOnce() throws Exception {
    StatusSeries series = StatusSeries.bitstring("did:example:a", StatusPurpose.REVOCATION, 1);
    Set<StatusSlot> slots = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          java.util.stream.IntStream.range(0, 60)
              .mapToObj(
                  i -> threads.submit(() -> ground.store().allocate(series, Optional.empty())))
              .toList();
      for (var slot : asked) {
        slots.add(slot.get());
      }
    }
    assertThat(slots).hasSize(60);
    // Neighbours in time are no neighbours in the list.
    assertThat(slots.stream().mapToInt(StatusSlot::index).max().orElseThrow()).isGreaterThan(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400",
        "[] | 400",
        "{\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\"},\"credentialId\":\"urn:nobody\"} | 404",
        "{\"credentialStatus\":{\"type\":\"Other\",\"statusPurpose\":\"revocation\"},\"credentialId\":\"urn:nobody\"} | 400",
        "{\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\"},\"status\":\"yes\"} | 400",
        "{\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\",\"statusListIndex\":\"7\",\"statusListCredential\":\"https://other.example/1\"}} | 404"
      })
  void whatIsNoneOfOursIsNotChanged(String body, int status) throws Exception {
    assertThat(change(body).statusCode()).isEqualTo(status);
  }

  @Test
  void aValueWithoutRoomOrAPlaceThatNobodyHasIsRefused() throws Exception {
    BitstringEntry entry = allocate(StatusPurpose.SUSPENSION, Optional.empty());
    assertThat(change(entry, "2").statusCode()).isEqualTo(400);
    assertThat(change(entry, "-1").statusCode()).isEqualTo(400);
    BitstringEntry nobodys =
        new BitstringEntry(StatusPurpose.SUSPENSION, (entry.index() + 1) % 131_072, entry.list());
    assertThat(change(nobodys, "true").statusCode()).isEqualTo(404);
    assertThat(VcApi.get(URI.create(ground.address() + "/status-lists/no-uuid")).statusCode())
        .isEqualTo(404);
  }
}
