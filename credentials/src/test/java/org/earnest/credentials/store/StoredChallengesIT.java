package org.earnest.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.Refusals.assertRefused;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.earnest.credentials.ChallengeStamp;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.Challenges.Use;
import org.earnest.credentials.ChallengesContract;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Expected;
import org.earnest.credentials.InMemoryChallenges;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.node.ObjectNode;

@Execution(ExecutionMode.SAME_THREAD) // they share a table
class StoredChallengesIT extends ChallengesContract {
  private static final Lifecycle LIFECYCLE = new Lifecycle();
  @TempDir private static Path temporary;

  @SuppressWarnings("NullAway.Init")
  private static Database database;

  @BeforeAll
  static void start() throws Exception {
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(temporary.resolve("state")));
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    StoredChallenges.open(database);
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @BeforeEach
  void empty() {
    database.run(handle -> handle.execute("truncate credentials.used_challenge"));
  }

  @Override
  protected Challenges challenges() {
    return StoredChallenges.open(database);
  }

  @Override
  protected Challenges stranger() {
    return new InMemoryChallenges(InstantSource.system());
  }

  @Override
  protected Challenges ofAtMost(int used) {
    return StoredChallenges.open(database, used);
  }

  @Override
  protected void endAllThatAreUsed() {
    database.run(
        handle ->
            handle.execute(
                "update credentials.used_challenge set expires = expires - interval '1 day'"));
  }

  @Test
  void whatAnotherProcessMadeCountsOnceAndIsNotStampedByChance() {
    String challenge = StoredChallenges.open(database).create(LIFETIME);

    assertThat(StoredChallenges.open(database).consume(challenge)).isEqualTo(Use.USED);
    assertThat(StoredChallenges.open(database).consume(challenge)).isEqualTo(Use.REFUSED);
    String forged =
        new ChallengeStamp(ChallengeStamp.randomSecret()).create(Instant.now().plus(LIFETIME));
    assertThat(challenges().consume(forged)).isEqualTo(Use.REFUSED);
  }

  /** What two processes believe the time to be makes no difference: the database says it. */
  @Test
  void processesWhoseClocksAreApartAgree() {
    Duration apart = Duration.ofSeconds(50);
    Duration shorter = Duration.ofSeconds(40);
    String good = challenges().create(shorter);
    String ended = challenges().create(shorter.negated());

    assertThat(answered(good, apart)).isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(answered(good, apart.negated())).satisfies(StoredChallengesIT::isUsed);
    assertThat(answered(ended, apart.negated())).satisfies(StoredChallengesIT::isUsed);
  }

  private static void isUsed(VerificationOutcome outcome) {
    assertRefused(outcome, CredentialRefusal.CHALLENGE_USED);
  }

  /** A proof of now that answers this, verified by a process with another clock. */
  private VerificationOutcome answered(String challenge, Duration ahead) {
    CredentialFixture fixture = new CredentialFixture();
    ObjectNode credential =
        fixture.signed(
            json -> {}, proof -> proof.put("challenge", challenge).put("domain", "shop.example"));
    return CredentialVerifier.builder(
            fixture.resolver(),
            AgentContext.known(),
            InstantSource.fixed(CredentialFixture.NOW.plus(ahead)))
        .challenges(challenges())
        .build()
        .verify(bytes(credential), Expected.of(challenge, "shop.example"));
  }
}
