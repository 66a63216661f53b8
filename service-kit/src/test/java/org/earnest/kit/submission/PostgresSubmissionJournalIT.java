package org.earnest.kit.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.CarriedCalls;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionOperator;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.postgres.PostgresFixture;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.testkit.submission.SubmissionJournalContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PostgresSubmissionJournalIT extends SubmissionJournalContract {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final EvmAddress SENDER = new EvmAddress("0x" + "1".repeat(40));
  private static final SubmissionRequest REQUEST = new SubmissionRequest("deal/1", SENDER, "0x01");
  private static final SubmissionId ID = SubmissionId.of(CHAIN, "deal/1");
  private static final SubmissionState CLAIMED = new SubmissionState.Claimed();
  private static final SignedTransaction TRANSACTION =
      new SignedTransaction(
          SENDER,
          4,
          new Hash32("0x" + "a".repeat(64)),
          "0x02dead",
          BigInteger.TEN,
          BigInteger.TWO,
          BigInteger.ONE);

  private static final SubmissionOperator NOBODY =
      new SubmissionOperator() {
        @Override
        public Intervention retry(SubmissionId id) {
          throw new AssertionError("nobody asked");
        }

        @Override
        public Intervention cancel(SubmissionId id) {
          throw new AssertionError("nobody asked");
        }
      };

  private static final CarriedCalls UNTOLD =
      (carrier, index) -> new SubmissionOutcome.Unknown(Optional.empty());

  private static final SubmissionState PREPARED = new SubmissionState.Prepared(TRANSACTION.plan());

  @TempDir static Path folder;
  private static Lifecycle run;
  private static Database database;

  private PostgresSubmissionJournal journal;

  @BeforeAll
  static void start() throws Exception {
    run = new Lifecycle();
    StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("state")));
    EmbeddedPostgres postgres = run.start(() -> PostgresFixture.start(state));
    database = run.start(() -> PostgresFixture.open(postgres));
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  @BeforeEach
  void empty() {
    journal = PostgresSubmissionJournal.open(database);
    database.run(
        handle ->
            handle.execute("truncate submissions.submission, submissions.signer_lease cascade"));
  }

  @Override
  protected SubmissionJournal journal() {
    return journal;
  }

  @Test
  void appendsEveryStateAndLetsNobodyChangeThem() {
    mine();
    assertThat(journal.history(ID))
        .extracting(SubmissionStep::state)
        .containsExactly("claimed", "prepared", "signed", "broadcast", "mined");
    for (String change :
        new String[] {
          "update submissions.submission_history set state = 'x'",
          "delete from submissions.submission_history"
        }) {
      assertThatThrownBy(() -> database.run(handle -> handle.execute(change)))
          .hasMessageContaining("never changed");
    }
  }

  @Test
  void writesRowAndHistoryOrNeither() {
    journal.claim(CHAIN, SENDER, REQUEST);
    database.run(
        handle ->
            handle.execute(
                "alter table submissions.submission_history add constraint broken"
                    + " check (state <> 'prepared') not valid"));
    try {
      assertThatThrownBy(() -> journal.advance(lease(), ID, CLAIMED, PREPARED))
          .hasMessageContaining("broken");
    } finally {
      database.run(
          handle ->
              handle.execute("alter table submissions.submission_history drop constraint broken"));
    }
    assertThat(journal.find(ID).orElseThrow().state()).isEqualTo(CLAIMED);
    assertThat(journal.history(ID)).hasSize(1);
  }

  @Test
  void keepsARevertTextThatDatabasesCannotHold() {
    journal.claim(CHAIN, SENDER, REQUEST);
    SubmissionState odd = new SubmissionState.Rejected("reverted", "a\0b\u202e");
    assertThat(journal.advance(ID, CLAIMED, odd)).isEqualTo(Transition.APPLIED);
    assertThat(journal.find(ID).orElseThrow().state())
        .isEqualTo(new SubmissionState.Rejected("reverted", "a\uFFFDb\u202e"));
    assertThat(journal.advance(ID, odd, new SubmissionState.Rejected("gas_limit_exceeded", "")))
        .isEqualTo(Transition.APPLIED);
  }

  @Test
  void keepsKeysApartThatDifferOnlyInWhatTextCannotHold() {
    assertThatThrownBy(
            () -> journal.claim(CHAIN, SENDER, new SubmissionRequest("a\0", SENDER, "0x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatItCannotBeAsked() throws Exception {
    try (Lifecycle other = new Lifecycle()) {
      StateDirectory state = other.start(() -> StateDirectory.open(folder.resolve("gone")));
      EmbeddedPostgres postgres = other.start(() -> PostgresFixture.start(state));
      Database gone = other.start(() -> PostgresFixture.open(postgres));
      PostgresSubmissionJournal lost = PostgresSubmissionJournal.open(gone);
      postgres.close();
      assertThatThrownBy(() -> lost.claim(CHAIN, SENDER, REQUEST))
          .isInstanceOf(JournalUnavailableException.class);
    }
  }

  @Test
  void tellsOverHttpWhatBecameOfASubmission() throws Exception {
    try (StateDirectory state = StateDirectory.open(folder.resolve("token"));
        Host host = host(OperatorToken.of(state));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, host, ID.toString()).statusCode()).isEqualTo(404);
      assertThat(get(client, host, "7").statusCode()).isEqualTo(400);
      journal.claim(CHAIN, SENDER, REQUEST);
      assertThat(get(client, host, ID.toString()).headers().firstValue("Retry-After")).isPresent();
      mine();
      HttpResponse<String> answer = get(client, host, ID.toString());
      assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
      assertThat(answer.body()).doesNotContain("0x02dead");
      JsonNode view = StrictJson.readTree(answer.body().getBytes(StandardCharsets.UTF_8));
      assertThat(view.path("state").asString()).isEqualTo("mined");
      assertThat(view.path("open").asBoolean()).isFalse();
      assertThat(view.path("inclusion").asString()).isEqualTo("included");
      assertThat(view.at("/transaction/hash").asString()).isEqualTo(TRANSACTION.hash().hex());
      assertThat(view.at("/history/4/blockNumber").asInt()).isEqualTo(9);
      assertThat(view.at("/history/0/at").asString()).endsWith("Z");
    }
  }

  @Test
  void tellsOverHttpWhoseTransactionMakesACall() throws Exception {
    Submission item =
        ((SubmissionJournal.Claim.Taken) journal.claim(CHAIN, SENDER, REQUEST)).submission();
    SubmissionRequest carrier = new SubmissionRequest("batch:1", SENDER, "0x02");
    assertThat(journal.carry(CHAIN, SENDER, carrier, List.of(item))).isEqualTo(Transition.APPLIED);
    try (StateDirectory state = StateDirectory.open(folder.resolve("token"));
        Host host = host(OperatorToken.of(state));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = get(client, host, ID.toString());
      JsonNode view = StrictJson.readTree(answer.body().getBytes(StandardCharsets.UTF_8));
      assertThat(view.path("state").asString()).isEqualTo("carried");
      assertThat(view.at("/carrier/id").asString())
          .isEqualTo(SubmissionId.of(CHAIN, "batch:1").toString());
      assertThat(view.at("/carrier/index").asInt()).isZero();
      assertThat(journal.history(ID))
          .extracting(SubmissionStep::state)
          .containsExactly("claimed", "carried");
      assertThat(view.at("/history/1/carrier").asString())
          .isEqualTo(view.at("/carrier/id").asString());
    }
  }

  private Host host(OperatorToken token) {
    return Host.builder().mount(new SubmissionService(journal, NOBODY, UNTOLD, token)).start();
  }

  private SignerLease lease() {
    return journal.lease(CHAIN, SENDER, new UUID(0, 1), Duration.ofMinutes(1)).orElseThrow();
  }

  private void mine() {
    BlockRef block = new BlockRef(CHAIN, 9, new Hash32("0x" + "b".repeat(64)));
    SubmissionState signed = new SubmissionState.Signed(TRANSACTION);
    SubmissionState broadcast = new SubmissionState.Broadcast(TRANSACTION);
    journal.claim(CHAIN, SENDER, REQUEST);
    assertThat(journal.advance(lease(), ID, CLAIMED, PREPARED)).isEqualTo(Transition.APPLIED);
    assertThat(journal.advance(lease(), ID, PREPARED, signed)).isEqualTo(Transition.APPLIED);
    assertThat(journal.advance(ID, signed, broadcast)).isEqualTo(Transition.APPLIED);
    assertThat(journal.advance(ID, broadcast, new SubmissionState.Mined(TRANSACTION, block)))
        .isEqualTo(Transition.APPLIED);
  }

  private static HttpResponse<String> get(HttpClient client, Host host, String id)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.uri() + "/submissions/" + id)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
