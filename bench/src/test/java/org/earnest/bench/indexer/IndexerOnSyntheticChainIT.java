package org.earnest.bench.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earnest.bench.logs.LogNode;
import org.earnest.bench.logs.NodeManners;
import org.earnest.bench.logs.RangeDialect;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogQuery;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.logcache.LogFiles;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.chain.FollowedContracts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The indexer on a node that behaves as providers' nodes do. */
class IndexerOnSyntheticChainIT {
  private static final long SEED = 8004;
  private static final int BLOCKS = 900;
  private static final int PER_BLOCK = 3;
  private static final int REORGANISATIONS = 40;
  private static final int MAX_DEPTH = 64;

  /** A range of blocks, a horizon, and how far the head jumps, where changes meet read-ahead. */
  private static final int RANGE = 20;

  private static final int HORIZON = 16;

  /** The node calls final what has 64 blocks on it. */
  private static final int UNTIL_FINAL = 64;

  private static final int JUMP = 300;
  private static final int QUESTIONS = 10;
  private static final int CHANGES = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final EvmAddress IDENTITY = new EvmAddress("0x" + "80".repeat(20));
  private static final EvmAddress REPUTATION = new EvmAddress("0x" + "81".repeat(20));
  private static final EvmAddress ESCROW = new EvmAddress("0x" + "82".repeat(20));

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  private final FeedbackWorkload workload =
      new FeedbackWorkload(SEED, REPUTATION, PER_BLOCK, 20, 50);
  private final SyntheticChain chain = new SyntheticChain(SEED, BLOCKS, workload);

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @BeforeEach
  void forget() {
    database.dropMigrated();
  }

  @ParameterizedTest
  @EnumSource
  void readsEverythingOnceFromANodeThatRefusesLargeRanges(RangeDialect dialect) throws Exception {
    assertAllIsRead(NodeManners.GOOD.refusing(dialect, 70));
  }

  @Test
  void readsEverythingOnceFromANodeThatTellsNoTimesAndLimitsTheRate() throws Exception {
    assertAllIsRead(
        NodeManners.GOOD.untimed().refusing(RangeDialect.QUICKNODE, 200).limitingRate(30));
  }

  @Test
  void holdsWhatTheChainHoldsThroughReorganisations() throws Exception {
    Random random = new Random(SEED);
    try (LogNode node = LogNode.start(chain, NodeManners.GOOD);
        ReputationIndexer indexer = index(node)) {
      for (int i = 0; i < REORGANISATIONS; i++) {
        chain.reorganise(1 + random.nextInt(MAX_DEPTH));
        chain.head(chain.head() + random.nextInt(MAX_DEPTH));
        ChainReader reader = reader(node);
        follow(indexer, reader);
        assertThat(Digest.of(database))
            .as("seed %d, step %d", SEED, i)
            .isEqualTo(Digest.of(reader));
      }
    }
  }

  /**
   * The chain changes while ranges are read ahead, before or after the node looked for its answer.
   * The cursor is far behind then, so that what changes may be deeper than the horizon.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdsWhatTheChainHoldsWhenItChangesUnderWhatIsReadAhead(long seed) throws Exception {
    Random random = new Random(seed);
    NodeManners manners = NodeManners.GOOD.refusing(RangeDialect.QUICKNODE, RANGE);
    try (LogNode node = LogNode.start(chain, manners);
        LogNode witness = LogNode.start(chain, NodeManners.GOOD)) {
      ChangingRpc rpc = new ChangingRpc(FailoverJsonRpc.connect(List.of(node.url())));
      ChainReader reader = reader(witness);
      try (ReputationIndexer indexer = index(JsonRpcChainReader.connect(rpc), HORIZON)) {
        follow(indexer, reader);
        for (int i = 0; i < CHANGES; i++) {
          int question = 1 + random.nextInt(QUESTIONS);
          // What was stored before the question stays, but for less than the horizon.
          int depth = 1 + random.nextInt(JUMP - question * RANGE + HORIZON / 2);
          rpc.during(question, random.nextBoolean(), () -> chain.reorganise(depth));
          chain.head(chain.head() + JUMP);
          assertThat(rpc.awaitChange(PATIENCE)).isTrue();
          follow(indexer, reader);
          assertThat(Digest.of(database))
              .as("seed %d, change %d", seed, i)
              .isEqualTo(Digest.of(reader));
        }
      }
      List<String> rows = rows();
      database.dropMigrated();
      try (ReputationIndexer fresh = index(reader, HORIZON)) {
        follow(fresh, reader);
      }
      assertThat(rows()).as("seed %d", seed).isEqualTo(rows);
    }
  }

  /** The node knows a block before its logs, and forgets those of the newest one now and then. */
  @Test
  void losesNothingThatANodeTellsLateOrForgets() throws Exception {
    Duration late = Duration.ofMillis(300);
    try (LogNode node =
            LogNode.start(chain, NodeManners.GOOD.tellingLogsLate(late).missingLogs(3));
        LogNode witness = LogNode.start(chain, NodeManners.GOOD);
        ReputationIndexer indexer = index(node)) {
      for (int i = 1; i <= QUESTIONS; i++) {
        chain.head(BLOCKS + i);
        follow(indexer, reader(witness));
        assertThat(Digest.of(database)).as("block %d", i).isEqualTo(Digest.of(reader(witness)));
      }
    }
  }

  @Test
  void aRebuiltIndexAsksForNoLogsThatAreKept(@TempDir Path kept) throws Exception {
    NodeManners manners = NodeManners.GOOD.refusing(RangeDialect.QUICKNODE, RANGE);
    try (LogNode node = LogNode.start(chain, manners)) {
      ChainReader reader = reader(node);
      build(reader, kept);
      List<String> rows = rows();
      long asked = logQuestions(node);
      assertThat(asked).isGreaterThan(BLOCKS / RANGE);

      database.dropMigrated();
      build(reader, kept);

      assertThat(rows()).isEqualTo(rows).hasSize(BLOCKS * PER_BLOCK);
      assertThat(logQuestions(node) - asked)
          .as("of the %d newest blocks, which were not yet final", UNTIL_FINAL)
          .isLessThan(asked / 4);
    }
  }

  private static void build(ChainReader reader, Path kept) throws Exception {
    try (ReputationIndexer indexer = index(reader, settings(HORIZON).cachedIn(LogFiles.in(kept)))) {
      follow(indexer, reader);
    }
  }

  private static long logQuestions(LogNode node) {
    return node.traffic().calls().getOrDefault("eth_getLogs", 0L);
  }

  private static void follow(ReputationIndexer indexer, ChainReader reader) throws Exception {
    BlockRef head = reader.block(BlockTag.Named.LATEST).orElseThrow().ref();
    assertThat(indexer.awaitBlock(head, PATIENCE)).isTrue();
  }

  private void assertAllIsRead(NodeManners manners) throws Exception {
    try (LogNode node = LogNode.start(chain, manners);
        ReputationIndexer indexer = index(node)) {
      assertThat(indexer.awaitBlock(BLOCKS, PATIENCE)).isTrue();
      assertThat(totals()).isEqualTo(Totals.of(workload, BLOCKS));
    }
  }

  private static ChainReader reader(LogNode node) {
    return JsonRpcChainReader.connect(FailoverJsonRpc.connect(List.of(node.url())));
  }

  private static ReputationIndexer index(LogNode node) {
    return index(reader(node), FollowSettings.DEFAULT_HORIZON);
  }

  private static ReputationIndexer index(ChainReader reader, int horizon) {
    return index(reader, settings(horizon));
  }

  private static ReputationIndexer index(ChainReader reader, FollowSettings settings) {
    return ReputationIndexer.start(
        reader,
        new FollowedContracts(reader.chainId(), IDENTITY, REPUTATION, ESCROW),
        database,
        new SimpleMeterRegistry(),
        settings);
  }

  private static FollowSettings settings(int horizon) {
    return FollowSettings.of(Set.of(IDENTITY, REPUTATION, ESCROW)).withHorizon(horizon);
  }

  private static Totals totals() {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select count(*) as entries, sum(value) as total from reputation.feedback")
                .map(
                    (row, context) ->
                        new Totals(
                            row.getLong("entries"), row.getBigDecimal("total").toBigIntegerExact()))
                .one());
  }

  /** Every entry with all that is known of it. */
  private static List<String> rows() {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select feedback::text from reputation.feedback"
                        + " order by block_number, log_index")
                .mapTo(String.class)
                .list());
  }

  /** Every entry with its place, from the database or from the chain itself. */
  private record Digest(List<String> entries) {
    static Digest of(Database database) {
      return new Digest(
          database.call(
              handle ->
                  handle
                      .createQuery(
                          "select block_hash || ' ' || log_index || ' ' || transaction"
                              + " from reputation.feedback order by block_number, log_index")
                      .mapTo(String.class)
                      .list()));
    }

    static Digest of(ChainReader reader) {
      long head = reader.block(BlockTag.Named.LATEST).orElseThrow().ref().number();
      return new Digest(
          reader.logs(new LogQuery(0, head, Set.of(REPUTATION), List.of())).stream()
              .map(
                  log ->
                      log.ref().block().hash()
                          + " "
                          + log.ref().logIndex()
                          + " "
                          + log.ref().transaction())
              .toList());
    }
  }
}
