package org.earnest.kit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOperator;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.postgres.PostgresFixture;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The journal over HTTP, for anybody who reads and for the one who may change. */
class SubmissionServiceIT {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final EvmAddress ONE = new EvmAddress("0x" + "1".repeat(40));
  private static final EvmAddress OTHER = new EvmAddress("0x" + "2".repeat(40));
  private static final SubmissionState CLAIMED = new SubmissionState.Claimed();

  private static final TransactionReceipt RECEIPT =
      new TransactionReceipt(
          Hash32.ZERO,
          new BlockRef(CHAIN, 1, Hash32.ZERO),
          ONE,
          true,
          BigInteger.TEN,
          BigInteger.ONE,
          Optional.empty(),
          List.of());

  @TempDir static Path folder;
  private static Lifecycle run;
  private static PostgresSubmissionJournal journal;
  private static Database database;
  private static OperatorToken token;
  private static Host host;
  private static HttpClient client;
  private static final Told TOLD = new Told();

  /** Answers what it was told to, and remembers what it was asked. */
  private static final class Told implements SubmissionOperator {
    private final List<String> asked = new ArrayList<>();
    private String refusal = "";

    @Override
    public Intervention retry(SubmissionId id) {
      return answer("retry", id);
    }

    @Override
    public Intervention cancel(SubmissionId id) {
      return answer("cancel", id);
    }

    private Intervention answer(String verb, SubmissionId id) {
      asked.add(verb + " " + id);
      return refusal.isEmpty()
          ? new Intervention.Done(journal.find(id).orElseThrow())
          : new Intervention.Refused(refusal, "Do something else.");
    }
  }

  /** What the chain tells of a call, by its place. */
  private static SubmissionOutcome called(Submission carrier, int index) {
    assertThat(carrier.request().key()).isEqualTo("batch");
    return switch (index) {
      case 0 -> new SubmissionOutcome.Settled(RECEIPT);
      case 1 -> new SubmissionOutcome.Rejected("reverted", "Empty()");
      case 2 -> new SubmissionOutcome.Unknown(Optional.empty());
      default -> throw new ChainUnavailableException("away");
    };
  }

  @BeforeAll
  static void start() throws Exception {
    run = new Lifecycle();
    StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("state")));
    EmbeddedPostgres postgres = run.start(() -> PostgresFixture.start(state));
    database = run.start(() -> PostgresFixture.open(postgres));
    journal = PostgresSubmissionJournal.open(database);
    token = OperatorToken.of(state);
    SubmissionService service =
        new SubmissionService(journal, TOLD, SubmissionServiceIT::called, token);
    assertThat(OpenApiAgreement.differences(service)).isEmpty();
    host = run.start(() -> Host.builder().mount(service).start());
    client = run.start(HttpClient::newHttpClient);
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  @BeforeEach
  void empty() {
    database.run(
        handle ->
            handle.execute("truncate submissions.submission, submissions.signer_lease cascade"));
    TOLD.asked.clear();
    TOLD.refusal = "";
  }

  private static SubmissionId claim(String key, EvmAddress sender) {
    journal.claim(CHAIN, sender, new SubmissionRequest(key, OTHER, "0x01"));
    return SubmissionId.of(CHAIN, key);
  }

  /** Claimed by one account, and given a nonce of the other's. */
  private static SubmissionId sign(String key, EvmAddress signer) {
    SubmissionId id = claim(key, ONE);
    SignedTransaction transaction =
        new SignedTransaction(
            signer,
            0,
            new Hash32("0x" + "a".repeat(64)),
            "0x02dead",
            BigInteger.TEN,
            BigInteger.TWO,
            BigInteger.ONE);
    SignerLease lease =
        journal.lease(CHAIN, signer, new UUID(0, 1), Duration.ofMinutes(1)).orElseThrow();
    SubmissionState prepared = new SubmissionState.Prepared(transaction.plan());
    journal.advance(lease, id, CLAIMED, prepared);
    journal.advance(lease, id, prepared, new SubmissionState.Signed(transaction));
    return id;
  }

  private static SubmissionId reject(String key) {
    SubmissionId id = claim(key, ONE);
    journal.advance(id, CLAIMED, new SubmissionState.Rejected("reverted", "no"));
    return id;
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.uri() + path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.uri() + path)).POST(BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> order(String path) throws IOException, InterruptedException {
    return post(path, "Authorization", token.authorization());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return StrictJson.readTree(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> ids(JsonNode page) {
    return page.path("submissions").valueStream().map(row -> row.path("id").asString()).toList();
  }

  private static List<String> listed(String query) throws Exception {
    HttpResponse<String> answer = get("/submissions" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ids(json(answer));
  }

  @Test
  void listsWhatChangedLastFirstAndFiltersIt() throws Exception {
    String claimed = claim("a", ONE).toString();
    String signed = sign("b", OTHER).toString();
    String rejected = reject("c").toString();

    assertThat(listed("")).containsExactly(rejected, signed, claimed);
    assertThat(listed("?open=true")).containsExactly(signed, claimed);
    assertThat(listed("?open=false")).containsExactly(rejected);
    assertThat(listed("?state=signed&state=rejected")).containsExactly(rejected, signed);
    assertThat(listed("?state=rejected&open=true")).isEmpty();
    assertThat(listed("?signer=" + OTHER)).containsExactly(signed);
    assertThat(listed("?signer=" + ONE)).containsExactly(rejected, claimed);

    JsonNode row = json(get("/submissions?state=signed")).path("submissions").get(0);
    assertThat(row.path("key").asString()).isEqualTo("b");
    assertThat(row.path("open").asBoolean()).isTrue();
    assertThat(row.path("inclusion").asString()).isEqualTo("pending");
    assertThat(row.at("/transaction/nonce").asInt()).isZero();
    assertThat(row.at("/transaction/cancels").asBoolean()).isFalse();
    assertThat(row.path("changedAt").asString()).endsWith("Z");
    assertThat(row.toString()).doesNotContain("0x02dead", "0x01\"");
  }

  @Test
  void whatIsCarriedTellsWhatBecameOfItsCall() throws Exception {
    List<Submission> items = new ArrayList<>();
    for (String key : List.of("a", "b", "c", "d")) {
      items.add(journal.find(claim(key, ONE)).orElseThrow());
    }
    journal.carry(CHAIN, ONE, new SubmissionRequest("batch", OTHER, "0x01"), items);
    List<JsonNode> told = new ArrayList<>();
    for (Submission item : items) {
      told.add(json(get("/submissions/" + item.id())));
    }

    assertThat(told).allMatch(row -> row.path("state").asString().equals("carried"));
    assertThat(told.get(0).path("call").toString()).isEqualTo("{\"succeeded\":true}");
    assertThat(told.get(1).at("/call/succeeded").asBoolean(true)).isFalse();
    assertThat(told.get(1).at("/call/code").asString()).isEqualTo("reverted");
    assertThat(told.get(1).at("/call/reason").asString()).isEqualTo("Empty()");
    assertThat(told.get(2).has("call")).isFalse();
    assertThat(told.get(3).has("call")).isFalse();
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEnded() throws Exception {
    for (int i = 0; i < 7; i++) {
      claim("k/" + i, ONE);
    }
    // Rows of one moment are told apart by their ids.
    database.run(handle -> handle.execute("update submissions.submission set changed_at = now()"));

    List<String> seen = new ArrayList<>();
    String query = "?limit=3";
    for (int page = 0; page < 3; page++) {
      JsonNode answer = json(get("/submissions" + query));
      seen.addAll(ids(answer));
      assertThat(answer.has("next")).isEqualTo(page < 2);
      query = "?limit=3&cursor=" + answer.path("next").asString("");
    }
    assertThat(seen).hasSize(7);
    assertThat(Set.copyOf(seen)).isEqualTo(new HashSet<>(listed("?limit=200")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=x",
        "limit=99999999999",
        "state=",
        "state=Signed",
        "state=nonsense",
        "open=yes",
        "signer=0x12",
        "signer="
      })
  void whatIsNoQueryIsRefused(String query) throws Exception {
    HttpResponse<String> answer = get("/submissions?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asString()).isEqualTo("invalid_request");
    assertThat(answer.body()).doesNotContain("org.earnest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1-2", "1-2-0x12", "-1-2-0x", "999999999999999999999-1-0x"})
  void whatIsNoCursorIsRefused(String cursor) throws Exception {
    HttpResponse<String> answer = get("/submissions?cursor=" + cursor);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asString()).isEqualTo("invalid_cursor");
  }

  @Test
  void anOrderReachesTheOperatorAndTellsHowItStands() throws Exception {
    SubmissionId id = sign("b", OTHER);
    HttpResponse<String> retried = order("/submissions/" + id + "/retry");
    HttpResponse<String> cancelled = order("/submissions/" + id + "/cancel");

    assertThat(TOLD.asked).containsExactly("retry " + id, "cancel " + id);
    for (HttpResponse<String> answer : List.of(retried, cancelled)) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(json(answer)).isEqualTo(json(get("/submissions/" + id)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "cancel"})
  void withoutTheTokenNothingHappens(String verb) throws Exception {
    String path = "/submissions/" + claim("a", ONE) + "/" + verb;
    String right = token.authorization();
    List<HttpResponse<String>> answers = new ArrayList<>(List.of(post(path)));
    for (String wrong :
        List.of(
            "Bearer",
            "Bearer ",
            "Bearer " + "0".repeat(64),
            right + "0",
            right.substring(0, right.length() - 1),
            right.substring("Bearer ".length()),
            "Basic " + right.substring("Bearer ".length()))) {
      answers.add(post(path, "Authorization", wrong));
    }
    for (HttpResponse<String> answer : answers) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(json(answer).path("code").asString()).isEqualTo("operator_token_required");
      assertThat(json(answer).path("detail").asString()).contains(OperatorToken.FILE);
    }
    assertThat(TOLD.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "submission_not_found, 404, false",
    "submission_unsigned, 409, false",
    "submission_closed, 409, false",
    "account_elsewhere, 409, false",
    "account_busy, 409, true",
    "insufficient_funds, 409, true",
    "cancellation_refused, 409, true"
  })
  void whatIsRefusedHasItsCode(String code, int status, boolean retryable) throws Exception {
    TOLD.refusal = code;
    HttpResponse<String> answer = order("/submissions/" + claim("a", ONE) + "/cancel");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).path("code").asString()).isEqualTo(code);
    assertThat(json(answer).path("retryable").asBoolean()).isEqualTo(retryable);
    assertThat(json(answer).path("detail").asString()).isEqualTo("Do something else.");
  }

  @Test
  void anOrderForWhatIsNoIdIsRefused() throws Exception {
    assertThat(order("/submissions/7/cancel").statusCode()).isEqualTo(400);
    assertThat(TOLD.asked).isEmpty();
  }

  @Test
  void theNamesOfStatesAgreeOnWhatIsOpen() {
    assertThat(StateName.of(CLAIMED).open()).isEqualTo(CLAIMED.open());
    assertThat(java.util.Arrays.stream(StateName.values()).filter(StateName::open))
        .extracting(StateName::text)
        .containsExactlyInAnyOrder("claimed", "prepared", "signed", "broadcast", "reorganised");
  }
}
