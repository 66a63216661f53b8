package org.earnest.reputation;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.ReputationReader;
import org.earnest.core.reputation.ReputationStatements;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.kit.follow.FollowFigures;
import org.earnest.kit.follow.FollowHaltedException;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.follow.FollowStore;
import org.earnest.kit.follow.LogFollower;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.edge.ReputationService;
import org.earnest.reputation.edge.StatementService;
import org.earnest.reputation.fold.SummaryKey;
import org.earnest.reputation.graph.ChainTimes;
import org.earnest.reputation.reading.ReferencedFiles;
import org.earnest.reputation.store.BlockTimes;
import org.earnest.reputation.store.LateIndexes;
import org.earnest.reputation.store.LateTimes;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.ReputationStore;

/** Follows one deployment's registries and escrow, and answers for the agents there. */
public final class ReputationIndexer implements AutoCloseable, ReputationReader {
  private static final String NAME = "reputation-indexer";

  private final FollowedContracts contracts;
  private final ReputationQueries queries;
  private final BlockTimes times;
  private final LogFollower follower;
  private final LateIndexes indexes;
  private final LateTimes lateTimes;
  private final Freshness freshness;

  private ReputationIndexer(
      FollowedContracts contracts,
      ReputationQueries queries,
      BlockTimes times,
      LogFollower follower,
      LateIndexes indexes,
      LateTimes lateTimes,
      Freshness freshness) {
    this.contracts = contracts;
    this.queries = queries;
    this.times = times;
    this.follower = follower;
    this.indexes = indexes;
    this.lateTimes = lateTimes;
    this.freshness = freshness;
  }

  /**
   * Brings both schemas up to date and starts to follow the chain from its beginning.
   *
   * @throws FollowHaltedException {@code chain_replaced} when the database belongs to another chain
   */
  public static ReputationIndexer start(
      ChainReader chain, FollowedContracts contracts, Database database, MeterRegistry metrics) {
    return start(chain, contracts, database, metrics, FollowSettings.of(contracts.addresses()));
  }

  /** The same with other bounds. */
  public static ReputationIndexer start(
      ChainReader chain,
      FollowedContracts contracts,
      Database database,
      MeterRegistry metrics,
      FollowSettings settings) {
    return start(LogFollower::start, chain, contracts, database, metrics, settings);
  }

  /**
   * The same without asking the chain before: what keeps it from following is told by {@link
   * #progress} and {@link #halted} alone.
   */
  public static ReputationIndexer startInBackground(
      ChainReader chain,
      FollowedContracts contracts,
      Database database,
      MeterRegistry metrics,
      FollowSettings settings) {
    return start(LogFollower::startInBackground, chain, contracts, database, metrics, settings);
  }

  private interface Following {
    LogFollower start(String name, ChainReader chain, FollowStore store, FollowSettings settings);
  }

  private static ReputationIndexer start(
      Following following,
      ChainReader chain,
      FollowedContracts contracts,
      Database database,
      MeterRegistry metrics,
      FollowSettings settings) {
    requireFollowed(contracts.addresses(), settings);
    database.migrate(ReputationStore.SCHEMA);
    // Searches ask what registration files say, whoever reads those.
    database.migrate(ReferencedFiles.SCHEMA);
    LogFollower follower =
        following.start(
            NAME + " of " + contracts.chain(),
            chain,
            new ReputationStore(database, contracts),
            settings);
    new IndexerMetrics(NAME, contracts.chain(), follower).bindTo(metrics);
    return new ReputationIndexer(
        contracts,
        new ReputationQueries(database, contracts.chain()),
        new ChainTimes(chain),
        follower,
        LateIndexes.start(database, contracts.chain(), follower::progress),
        LateTimes.start(database, chain, follower::progress),
        new Freshness(chain, InstantSource.system()));
  }

  /** Its HTTP face, to be mounted on a host. */
  public HttpService service() {
    return new ReputationService(queries, contracts, times, follower::progress);
  }

  /** The same reputation as credentials, to be mounted beside {@link #service}. */
  public HttpService statements(ReputationStatements statements) {
    return new StatementService(queries, contracts.registry(), follower::progress, statements);
  }

  public FollowProgress progress() {
    return follower.progress();
  }

  /** How far it is and how fast. */
  public FollowFigures figures() {
    return follower.figures();
  }

  /** Why it stopped for good; empty while it follows or tries again. */
  public Optional<FollowHaltedException> halted() {
    return follower.halted();
  }

  /**
   * Waits until the logs of a block are in.
   *
   * @return false when patience ended first, or the indexer stopped
   */
  public boolean awaitBlock(long number, Duration patience) throws InterruptedException {
    return follower.awaitBlock(number, patience);
  }

  /**
   * The same for this very block, or a later one that was seen since: what holds after a
   * reorganisation too.
   */
  public boolean awaitBlock(BlockRef block, Duration patience) throws InterruptedException {
    return follower.awaitBlock(block, patience);
  }

  @Override
  public SettledSummary settled(AgentId agent, long epoch, EvmAddress token, Hash32 tag) {
    if (!agent.registry().equals(contracts.registry())) {
      return SettledSummary.NONE;
    }
    return queries.summary(new SummaryKey(agent.tokenId(), epoch, token, tag));
  }

  @Override
  public Optional<SettledSummary> earned(AgentId agent, Caip19AssetId asset) {
    if (!agent.registry().equals(contracts.registry())
        || !asset.chain().equals(contracts.chain())
        || contracts.dealEscrow().isEmpty()) {
      return Optional.empty();
    }
    return switch (queries.earned(agent.tokenId(), asset.token())) {
      case Read.Found<SettledSummary> found -> fresh(found.at(), found.value());
      case Read.NoAgent<SettledSummary> unknown -> fresh(unknown.at(), SettledSummary.NONE);
      case Read.NotBegun<SettledSummary> none -> Optional.empty();
      case Read.Undone<SettledSummary> undone -> Optional.empty();
      case Read.Above<SettledSummary> above -> Optional.empty();
      case Read.Below<SettledSummary> below -> Optional.empty();
    };
  }

  private Optional<SettledSummary> fresh(BlockRef at, SettledSummary summary) {
    return freshness.of(at) ? Optional.of(summary) : Optional.empty();
  }

  @Override
  public void close() {
    lateTimes.close();
    indexes.close();
    follower.close();
  }

  private static void requireFollowed(Set<EvmAddress> contracts, FollowSettings settings) {
    if (!settings.contracts().containsAll(contracts)) {
      throw new IllegalArgumentException("the settings leave out a contract of the deployment");
    }
  }
}
