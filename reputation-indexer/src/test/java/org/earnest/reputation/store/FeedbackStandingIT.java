package org.earnest.reputation.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.earnest.bindings.event.FeedbackEvent;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is added up as feedback comes and goes, held against the entries themselves. */
class FeedbackStandingIT {
  private static final long SEED = 8004;
  private static final int STEPS = 30;
  private static final int MAX_ENTRIES = 150;
  private static final int AGENTS = 3;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final Caip2ChainId OTHER = Caip2ChainId.eip155(1);
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "c1".repeat(20));
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
  private static final String LONGEST = "🜁".repeat(128);
  private static final List<String> TAGS =
      List.of("", "quality", "speed", "é\\\t", LONGEST, "x".repeat(257), "y".repeat(5_000));

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  private final Random random = new Random(SEED);
  private long block;
  private long index;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    database.migrate(ReputationStore.SCHEMA);
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @Test
  void averagesWhatTheEntriesAverage() {
    database.run((Handle handle) -> give(handle, OTHER, MAX_ENTRIES));
    for (int step = 0; step < STEPS; step++) {
      database.run((Handle handle) -> give(handle, CHAIN, 1 + random.nextInt(MAX_ENTRIES)));
      assertAlike(step);
      if (random.nextInt(3) == 0) {
        block = Math.max(0, block - random.nextInt(4));
        database.run((Handle handle) -> FeedbackRows.rewind(handle, CHAIN, block));
        assertAlike(step);
      }
    }
    database.run((Handle handle) -> FeedbackRows.rewind(handle, CHAIN, 0));
    assertThat(standings()).isZero();
  }

  /** Some of it is revoked at once, some of it later. */
  private void give(Handle handle, Caip2ChainId chain, int entries) {
    FeedbackRows rows = new FeedbackRows();
    block++;
    for (int log = 0; log < entries; log++) {
      LogRef ref = new LogRef(new BlockRef(chain, block, Hash32.ZERO), Hash32.ZERO, log);
      BigInteger agent = BigInteger.valueOf(random.nextInt(AGENTS));
      if (random.nextInt(4) == 0 && index > 0) {
        long some = 1 + random.nextLong(index);
        rows.add(ref, new FeedbackEvent.FeedbackRevoked(agent, CLIENT, some));
      } else {
        rows.add(ref, entry(agent));
      }
    }
    rows.insert(handle);
  }

  private FeedbackEvent.NewFeedback entry(BigInteger agent) {
    BigInteger value =
        random.nextInt(5) == 0 ? MAX : BigInteger.valueOf(random.nextInt(2_000) - 1_000);
    return new FeedbackEvent.NewFeedback(
        agent,
        CLIENT,
        ++index,
        random.nextBoolean() ? value : value.negate(),
        random.nextBoolean() ? 0 : random.nextInt(19),
        tag(),
        tag(),
        "",
        "",
        Hash32.ZERO);
  }

  private String tag() {
    return TAGS.get(random.nextInt(TAGS.size()));
  }

  private void assertAlike(int step) {
    FeedbackReads reads = new FeedbackReads(CHAIN);
    for (int agent = 0; agent < AGENTS; agent++) {
      for (String tag : List.of("", "quality", "speed", "é\\\t", LONGEST, "never")) {
        BigInteger id = BigInteger.valueOf(agent);
        ReputationScope scope =
            new ReputationScope(
                Optional.empty(),
                Optional.of(tag).filter(it -> !it.isEmpty()),
                false,
                Optional.empty());
        database.run(
            (Handle handle) ->
                assertThat(reads.average(handle, id, scope))
                    .as("seed %d, step %d, agent %s, tag %s", SEED, step, id, tag)
                    .isEqualTo(reads.average(handle, id, scope, Long.MAX_VALUE)));
      }
    }
  }

  private static long standings() {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select (select count(*) from reputation.feedback_standing where chain = :chain)"
                        + " + (select count(*) from reputation.feedback_count where chain = :chain)")
                .bind("chain", CHAIN.toString())
                .mapTo(Long.class)
                .one());
  }
}
