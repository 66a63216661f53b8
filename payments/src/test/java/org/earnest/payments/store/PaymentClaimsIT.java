package org.earnest.payments.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.payments.server.Answer;
import org.earnest.payments.server.Claim;
import org.earnest.payments.server.PaymentClaims;
import org.earnest.payments.server.PaymentClaims.Opening;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims on a real PostgreSQL: one holder at a time, and nothing lost. */
class PaymentClaimsIT {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration OVER = Duration.ofSeconds(-1);
  private static final Hash32 HEADER = Payments.seed("header");
  private static final Hash32 ROUTE = Payments.seed("route");
  private static final Answer ANSWER =
      new Answer(
          200,
          Optional.of("text/plain"),
          "sold".getBytes(StandardCharsets.UTF_8),
          Optional.of(BigInteger.TEN));
  private static final SettleResponse SETTLED = SettleResponse.settled("0x1", "0x2", "eip155:1");
  private static final SettleResponse FAILED =
      SettleResponse.failed("reason", "sentence", Optional.empty(), "", "eip155:1");

  @TempDir private static Path folder;
  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;
  private static PaymentClaims claims;
  private static int count;

  private final Hash32 id = Payments.seed("claim " + count++);

  @BeforeAll
  static void start() throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres server = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(server.settings(), new SimpleMeterRegistry()));
    database.migrate("payments");
    claims = new PostgresPaymentClaims(database);
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @Test
  void oneOfManyGetsAPayment() throws Exception {
    List<Callable<Opening>> calls = new ArrayList<>();
    for (int each = 0; each < 12; each++) {
      calls.add(() -> claims.open(id, HEADER, ROUTE, LEASE));
    }
    List<Opening> openings = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Opening> opening : threads.invokeAll(calls)) {
        openings.add(opening.get());
      }
    }

    assertThat(openings).filteredOn(Opening.Mine.class::isInstance).hasSize(1);
    assertThat(openings)
        .filteredOn(Opening.Taken.class::isInstance)
        .containsOnly(taken(new Claim.State.Running()))
        .hasSize(11);
  }

  @Test
  void aNameIsOnePaymentsUntilItIsReleased() {
    Hash32 name = Payments.seed("name of " + id);
    Hash32 other = Payments.seed("other of " + id);
    Opening first = claims.open(id, HEADER, ROUTE, Optional.of(name), LEASE);

    assertThat(claims.named(name)).contains(id);
    assertThat(claims.open(other, HEADER, ROUTE, Optional.of(name), LEASE))
        .isEqualTo(new Opening.Misnamed());
    assertThat(claims.find(other)).isEmpty();
    assertThat(claims.open(id, HEADER, ROUTE, Optional.of(name), LEASE))
        .isEqualTo(taken(new Claim.State.Running()));

    claims.release(id, ((Opening.Mine) first).attempt());
    assertThat(claims.named(name)).isEmpty();
    assertThat(claims.open(other, HEADER, ROUTE, Optional.of(name), LEASE))
        .isInstanceOf(Opening.Mine.class);
  }

  @Test
  void aPaidClaimGivesItsAnswerAgain() {
    UUID attempt = mine(LEASE);
    assertThat(claims.answered(id, attempt, ANSWER, LEASE)).isTrue();
    claims.paid(id, SETTLED);

    assertThat(claims.open(id, HEADER, ROUTE, LEASE))
        .isEqualTo(taken(new Claim.State.Paid(Optional.of(ANSWER), SETTLED)));
  }

  @Test
  void aPaidClaimCannotBeFreedOrRefused() {
    UUID attempt = mine(LEASE);
    claims.answered(id, attempt, ANSWER, LEASE);
    claims.paid(id, SETTLED);

    claims.release(id, attempt);
    claims.pause(id, attempt);
    claims.refused(id, attempt, FAILED);

    assertThat(claims.find(id).map(Claim::state))
        .contains(new Claim.State.Paid(Optional.of(ANSWER), SETTLED));
  }

  @Test
  void anAnswerThatMayBePaidForCannotBeFreed() {
    UUID attempt = mine(LEASE);
    claims.answered(id, attempt, ANSWER, LEASE);

    claims.release(id, attempt);

    assertThat(claims.find(id).map(Claim::state)).contains(new Claim.State.Answered());
  }

  @Test
  void aReleasedClaimIsNewAgain() {
    claims.release(id, mine(LEASE));

    assertThat(claims.find(id)).isEmpty();
    assertThat(claims.open(id, HEADER, ROUTE, LEASE)).isInstanceOf(Opening.Mine.class);
  }

  @Test
  void aDeadAttemptIsTakenOverWhereItStopped() {
    UUID dead = mine(LEASE);
    claims.answered(id, dead, ANSWER, OVER);

    Opening next = claims.open(id, HEADER, ROUTE, LEASE);

    assertThat(next)
        .isInstanceOfSatisfying(
            Opening.Mine.class, mine -> assertThat(mine.saved()).contains(ANSWER));
    claims.refused(id, dead, FAILED);
    assertThat(claims.find(id).map(Claim::state)).contains(new Claim.State.Answered());
  }

  @Test
  void aLostClaimTakesNoAnswer() {
    UUID slow = mine(OVER);
    mine(LEASE);

    assertThat(claims.answered(id, slow, ANSWER, LEASE)).isFalse();
  }

  @Test
  void aPausedClaimIsTakenOverAtOnceButOnlyByItsEqual() {
    UUID attempt = mine(LEASE);
    claims.answered(id, attempt, ANSWER, LEASE);
    claims.pause(id, attempt);

    assertThat(claims.open(id, Payments.seed("other"), ROUTE, LEASE))
        .isInstanceOf(Opening.Taken.class);
    assertThat(claims.open(id, HEADER, Payments.seed("other"), LEASE))
        .isInstanceOf(Opening.Taken.class);
    assertThat(claims.open(id, HEADER, ROUTE, LEASE)).isInstanceOf(Opening.Mine.class);
  }

  @Test
  void aRefusedPaymentStaysRefused() {
    UUID attempt = mine(LEASE);
    claims.answered(id, attempt, ANSWER, LEASE);
    claims.refused(id, attempt, FAILED);

    assertThat(claims.open(id, HEADER, ROUTE, LEASE))
        .isEqualTo(taken(new Claim.State.Refused(FAILED)));
  }

  @Test
  void anOldAnswerIsForgottenThePaymentIsNot() {
    UUID attempt = mine(LEASE);
    claims.answered(id, attempt, ANSWER, LEASE);
    claims.paid(id, SETTLED);
    database.run(
        handle ->
            handle.execute(
                "update payments.claim set concluded_at = now() - interval '2 hours' where id = ?",
                id.hex()));

    assertThat(claims.find(id).map(Claim::state))
        .contains(new Claim.State.Paid(Optional.empty(), SETTLED));
    claims.open(Payments.seed("later " + id), HEADER, ROUTE, LEASE);
    assertThat(answersKept()).isZero();
  }

  @Test
  void anAnswerThatWasNeverPaidIsForgottenOnceItsAuthorizationHasLongExpired() {
    UUID attempt = mine(LEASE);
    claims.answered(id, attempt, ANSWER, LEASE);
    claims.pause(id, attempt);
    claimed("6 days");
    claims.open(Payments.seed("early " + id), HEADER, ROUTE, LEASE);
    assertThat(answersKept()).isEqualTo(1);

    claimed("8 days");
    claims.open(Payments.seed("later " + id), HEADER, ROUTE, LEASE);

    assertThat(answersKept()).isZero();
    assertThat(claims.open(id, HEADER, ROUTE, LEASE)).isEqualTo(taken(new Claim.State.Abandoned()));
  }

  private void claimed(String ago) {
    database.run(
        handle ->
            handle.execute(
                "update payments.claim set claimed_at = now() - ?::interval where id = ?",
                ago,
                id.hex()));
  }

  private long answersKept() {
    return database.<Long, RuntimeException>call(
        handle ->
            handle
                .createQuery(
                    "select count(*) from payments.claim"
                        + " where id = :id and answer_body is not null")
                .bind("id", id.hex())
                .mapTo(Long.class)
                .one());
  }

  private UUID mine(Duration lease) {
    return switch (claims.open(id, HEADER, ROUTE, lease)) {
      case Opening.Mine mine -> mine.attempt();
      case Opening.Taken taken -> throw new AssertionError("taken: " + taken);
      case Opening.Misnamed misnamed -> throw new AssertionError("named by nobody");
    };
  }

  private Opening taken(Claim.State state) {
    return new Opening.Taken(new Claim(id, HEADER, ROUTE, state));
  }
}
