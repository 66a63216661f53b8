package org.earnest.cli.indexer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.http.Host;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.chain.FollowedContracts;

/** The indexer and what it needs, in one process and on one port. */
public final class IndexerHost {
  /** The service's name on the host. */
  private static final String SERVICE = "reputation-indexer";

  private final FollowedContracts contracts;
  private final long fromBlock;
  private final ReputationIndexer indexer;
  private final Host http;

  private IndexerHost(
      FollowedContracts contracts, long fromBlock, ReputationIndexer indexer, Host http) {
    this.contracts = contracts;
    this.fromBlock = fromBlock;
    this.indexer = indexer;
    this.http = http;
  }

  /**
   * Starts it, and lets the lifecycle own each part from the moment it runs.
   *
   * @throws org.earnest.kit.process.StartupException for what is missing, with what to do about it
   */
  public static IndexerHost start(Lifecycle lifecycle, IndexerPlan plan) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    plan.progress().accept("asking the chain");
    ChainReader chain = JsonRpcChainReader.connect(RpcUrls.connect(plan.rpcUrls()));
    DeployedContracts deployed = new DeployedContracts(chain, plan.contracts().on(chain.chainId()));
    deployed.require();
    plan.progress().accept("starting the database");
    Database database = database(lifecycle, plan, metrics);
    long from =
        KnownDeployment.require(
            database, deployed.contracts(), genesis(chain), plan.fromBlock(), deployed::firstBlock);
    plan.progress().accept("starting the indexer");
    FollowSettings settings =
        FollowSettings.of(deployed.contracts().addresses())
            .after(Math.max(0, from - 1))
            .withHorizon(plan.horizon());
    ReputationIndexer indexer =
        lifecycle.start(
            () ->
                ReputationIndexer.start(chain, deployed.contracts(), database, metrics, settings));
    IndexedFiles files = new IndexedFiles(lifecycle, chain, deployed.contracts(), database);
    Host.Builder builder =
        Host.builder()
            .port(plan.port())
            .metrics(metrics)
            .database(database)
            .mount(indexer.service())
            .mount(files.service(indexer))
            .progress(SERVICE, indexer::figures);
    plan.allowedOrigins().forEach(builder::allowOrigin);
    Host http = lifecycle.start(builder::start);
    files.read(plan.files(), metrics);
    return new IndexerHost(deployed.contracts(), from, indexer, http);
  }

  private static Database database(
      Lifecycle lifecycle, IndexerPlan plan, PrometheusMeterRegistry metrics) {
    DatabaseSettings settings =
        plan.databaseUrl()
            .map(DatabaseSettings::parse)
            .orElseGet(
                () ->
                    lifecycle
                        .start(() -> EmbeddedPostgres.start(plan.state(), plan.postgresBinaries()))
                        .settings());
    return lifecycle.start(() -> Database.open(settings, metrics));
  }

  private static Hash32 genesis(ChainReader chain) {
    return chain
        .block(new BlockTag.Height(0))
        .orElseThrow(() -> new ChainUnavailableException("the chain has no first block"))
        .ref()
        .hash();
  }

  public URI uri() {
    return http.uri();
  }

  public FollowedContracts contracts() {
    return contracts;
  }

  /** The first block whose logs are wanted. */
  public long fromBlock() {
    return fromBlock;
  }

  public ReputationIndexer indexer() {
    return indexer;
  }
}
