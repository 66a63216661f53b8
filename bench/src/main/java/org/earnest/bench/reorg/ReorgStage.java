package org.earnest.bench.reorg;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bench.engine.JavaCommand;
import org.earnest.bench.indexer.BenchDatabase;
import org.earnest.bench.indexer.IndexerProgram;
import org.earnest.bench.logs.LogNode;
import org.earnest.bench.logs.NodeManners;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.process.Lifecycle;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.store.ReputationStore;

/** Two databases on one server: the tortured index's, and the one for rebuilds. */
final class ReorgStage {
  private static final FollowedContracts CONTRACTS =
      new FollowedContracts(
          SyntheticChain.ID,
          AgentLives.IDENTITY,
          AgentLives.REPUTATION,
          Optional.of(AgentLives.VALIDATION),
          Optional.of(AgentLives.ESCROW));
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long REHEARSED = 100;
  private static final int HEAP_MEGABYTES = 192;

  private final ReorgPlan plan;
  private final Lifecycle lifecycle;
  private final BenchDatabase target;
  private final Database index;
  private final Database rebuild;
  private int chapters;

  private ReorgStage(ReorgPlan plan, Lifecycle lifecycle) {
    this.plan = plan;
    this.lifecycle = lifecycle;
    this.target = create("tortured");
    this.index = open(target);
    this.rebuild = open(create("rebuilt"));
    rebuild.migrate(ReputationStore.SCHEMA);
    rehearse();
  }

  static ReorgStage set(ReorgPlan plan, Lifecycle lifecycle) {
    return lifecycle.inSteps(() -> new ReorgStage(plan, lifecycle));
  }

  private BenchDatabase create(String name) {
    try {
      return BenchDatabase.create(plan.server(), name);
    } catch (SQLException refused) {
      throw new IllegalStateException("the bench's own database refuses", refused);
    }
  }

  private Database open(BenchDatabase database) {
    DatabaseSettings settings = DatabaseSettings.parse(database.url());
    return lifecycle.start(() -> Database.open(settings, new SimpleMeterRegistry()));
  }

  /** Lets a first, peaceful life leave an archive of its classes, by which others start quickly. */
  private void rehearse() {
    SyntheticChain chain = new SyntheticChain(0, REHEARSED, new AgentLives(0));
    try (LogNode node = LogNode.start(chain, NodeManners.GOOD);
        IndexerLife life = life(node.url(), "-XX:ArchiveClassesAtExit=" + archive())) {
      var unused = awaits(life, chain.hash(REHEARSED));
      life.end(PATIENCE);
    }
  }

  /** An empty database, broken where that is wanted. */
  void forget() {
    chapters++;
    index.dropMigrated();
    if (!plan.sabotage().isEmpty()) {
      index.migrate(ReputationStore.SCHEMA);
      index.run(handle -> plan.sabotage().forEach(handle::execute));
    }
  }

  /** A life of the indexer; the lifecycle ends what is not killed before. */
  IndexerLife life(URI node) {
    return life(node, "-XX:SharedArchiveFile=" + archive());
  }

  private IndexerLife life(URI node, String archive) {
    List<String> command = JavaCommand.of(plan.mainClass(), plan.folder(), HEAP_MEGABYTES, archive);
    Map<String, String> errand =
        Map.of(
            IndexerProgram.NODE,
            node.toString(),
            IndexerProgram.DATABASE,
            target.url(),
            IndexerProgram.REGISTRY,
            AgentLives.REPUTATION.hex(),
            IndexerProgram.HEAD,
            "0",
            IndexerProgram.LOGS,
            plan.folder().resolve("logs-" + chapters).toString());
    return IndexerLife.start(command, errand, plan.folder().resolve("indexer.log"));
  }

  private Path archive() {
    return plan.folder().resolve("indexer.jsa");
  }

  Database index() {
    return index;
  }

  /** The last block whose logs are in; empty while there is no schema or nothing in it. */
  Optional<BlockRef> cursor() {
    boolean there =
        index.call(
            handle ->
                handle
                    .createQuery("select to_regclass('reputation.followed_chain') is not null")
                    .mapTo(Boolean.class)
                    .one());
    return there ? new ReputationStore(index, CONTRACTS).cursor() : Optional.empty();
  }

  /** Whether the cursor came to this block while the process lived. */
  boolean awaits(IndexerLife life, Hash32 block) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (cursor().filter(at -> at.hash().equals(block)).isEmpty()) {
      if (!life.isAlive() || System.nanoTime() - deadline > 0) {
        return false;
      }
      Pauses.shortly();
    }
    return true;
  }

  /** Whether the index's process has a transaction open. */
  boolean isInTransaction() {
    return index.<Boolean, RuntimeException>call(
        handle ->
            handle
                .createQuery(
                    "select exists (select from pg_stat_activity where datname = current_database()"
                        + " and pid <> pg_backend_pid() and xact_start is not null"
                        + " and backend_type = 'client backend')")
                .mapTo(Boolean.class)
                .one());
  }

  /** What another indexer makes of the chain in an empty schema. */
  Database rebuilt(LogNode node, BlockRef head) {
    rebuild.run(
        handle ->
            SchemaDigest.tables(rebuild).stream()
                .filter(table -> !table.equals(SchemaDigest.HISTORY))
                .forEach(
                    table -> handle.execute("truncate " + ReputationStore.SCHEMA + "." + table)));
    try (ReputationIndexer fresh =
        ReputationIndexer.start(reader(node), CONTRACTS, rebuild, new SimpleMeterRegistry())) {
      if (!fresh.awaitBlock(head, PATIENCE)) {
        throw new IllegalStateException("no rebuild within " + PATIENCE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
    return rebuild;
  }

  static ChainReader reader(LogNode node) {
    return JsonRpcChainReader.connect(FailoverJsonRpc.connect(List.of(node.url())));
  }
}
