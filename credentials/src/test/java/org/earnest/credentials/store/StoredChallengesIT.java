package org.earnest.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.credentials.ChallengeStamp;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.ChallengesContract;
import org.earnest.credentials.InMemoryChallenges;
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
    return new InMemoryChallenges();
  }

  @Override
  protected Challenges ofAtMost(int used) {
    return StoredChallenges.open(database, used);
  }

  @Test
  void whatAnotherProcessMadeCountsOnceAndIsNotStampedByChance() {
    String challenge = StoredChallenges.open(database).create(LATER);

    assertThat(StoredChallenges.open(database).consume(challenge, NOW)).isTrue();
    assertThat(StoredChallenges.open(database).consume(challenge, NOW)).isFalse();
    String forged = new ChallengeStamp(ChallengeStamp.randomSecret()).create(LATER);
    assertThat(challenges().consume(forged, NOW)).isFalse();
  }
}
