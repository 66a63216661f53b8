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
import org.earnest.reputation.chain.FollowedContracts;
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
  private static final int MANY_TAGS = 200_000;
  private static final int REVOKED = 100;
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

  @Test
  void countsAtOnceWhatIsOtherwiseCountedByEntry() {
    Caip2ChainId byEntry = Caip2ChainId.eip155(100);
    Caip2ChainId atOnce = Caip2ChainId.eip155(101);
    ReputationStore store =
        new ReputationStore(
            database, new FollowedContracts(atOnce, CLIENT, CLIENT, Optional.empty()));
    Snapshots snapshots = new Snapshots(database, atOnce);
    BlockRef base = new BlockRef(atOnce, 0, Hash32.ZERO);

    store.begin(Hash32.ZERO, base);
    for (Caip2ChainId chain : List.of(byEntry, atOnce)) {
      random.setSeed(SEED);
      index = 0;
      block = 0;
      for (int step = 0; step < STEPS; step++) {
        database.run((Handle handle) -> give(handle, chain, MAX_ENTRIES));
      }
      database.run((Handle handle) -> FeedbackRows.rewind(handle, chain, STEPS / 2));
      database.run((Handle handle) -> give(handle, chain, MAX_ENTRIES));
    }
    List<List<String>> uncounted = standings(atOnce);
    Read<Integer> tooEarly = snapshots.read(Optional.empty(), handle -> 1);
    store.caughtUp();
    store.caughtUp();

    assertThat(uncounted).isEmpty();
    assertThat(tooEarly).isEqualTo(new Read.NotBegun<>());
    assertThat(snapshots.read(Optional.empty(), handle -> 1)).isEqualTo(new Read.Found<>(base, 1));
    assertThat(standings(atOnce)).isNotEmpty().isEqualTo(standings(byEntry));
  }

  private static List<List<String>> standings(Caip2ChainId chain) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select tag, agent_id::text, 'all', entries::text, total::text"
                        + " from reputation.feedback_standing where chain = :chain"
                        + " union all select tag, agent_id::text, kind, decimals::text, entries::text"
                        + " from reputation.feedback_count where chain = :chain order by 1, 2, 3, 4")
                .bind("chain", chain.toString())
                .map(
                    (row, context) ->
                        List.of(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)))
                .list());
  }

  /** Otherwise a reorganisation of a much noted agent's revocations would never end. */
  @Test
  void takesBackRevocationsWithoutGoingThroughAllTagsOfTheAgent() {
    Caip2ChainId chain = Caip2ChainId.eip155(10);
    database.run((Handle handle) -> giveSome(handle, chain));
    database.run((Handle handle) -> addTags(handle, chain));
    database.run((Handle handle) -> revokeSome(handle, chain));

    long visited =
        database.transaction(
            handle -> {
              FeedbackRows.rewind(handle, chain, 1);
              return visitedStandings(handle);
            });

    assertThat(visited).isPositive().isLessThan(MANY_TAGS);
  }

  private static void giveSome(Handle handle, Caip2ChainId chain) {
    FeedbackRows rows = new FeedbackRows();
    for (int log = 0; log < REVOKED; log++) {
      LogRef ref = new LogRef(new BlockRef(chain, 1, Hash32.ZERO), Hash32.ZERO, log);
      rows.add(
          ref,
          new FeedbackEvent.NewFeedback(
              BigInteger.ONE,
              CLIENT,
              log + 1,
              BigInteger.TWO,
              1,
              "tag " + log,
              "",
              "",
              "",
              Hash32.ZERO));
    }
    rows.insert(handle);
  }

  /** What entries under many other tags would have left. */
  private static void addTags(Handle handle, Caip2ChainId chain) {
    String tags = " from generate_series(1, :many) tag";
    for (String insert :
        List.of(
            "insert into reputation.feedback_standing (chain, tag, agent_id, entries, total)"
                + " select :chain, 'other ' || tag, 1, 1, 1",
            "insert into reputation.feedback_count (chain, tag, agent_id, kind, decimals, entries)"
                + " select :chain, 'other ' || tag, 1, 'decimals', 1, 1")) {
      handle
          .createUpdate(insert + tags)
          .bind("chain", chain.toString())
          .bind("many", MANY_TAGS)
          .execute();
    }
  }

  private static void revokeSome(Handle handle, Caip2ChainId chain) {
    FeedbackRows rows = new FeedbackRows();
    for (int log = 0; log < REVOKED; log++) {
      LogRef ref = new LogRef(new BlockRef(chain, 2, Hash32.ZERO), Hash32.ZERO, log);
      rows.add(ref, new FeedbackEvent.FeedbackRevoked(BigInteger.ONE, CLIENT, log + 1));
    }
    rows.insert(handle);
  }

  /** Rows of the standings that this transaction has met. */
  private static long visitedStandings(Handle handle) {
    return handle
        .createQuery(
            "select sum(seq_tup_read + idx_tup_fetch) from pg_stat_xact_user_tables"
                + " where relname in ('feedback_standing', 'feedback_count')")
        .mapTo(Long.class)
        .one();
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
