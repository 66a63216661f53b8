package org.earnest.cli.indexer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.kit.follow.FollowFigures;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.logcache.LogCaches;
import org.earnest.kit.logcache.LogFiles;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.edge.AgentsOfChains;
import org.earnest.reputation.edge.GraphqlTurns;

/** The indexer of one chain or several and what it needs, in one process and on one port. */
public final class IndexerHost {
  /** Where a state directory keeps logs of final blocks. */
  public static final String LOGS_FOLDER = "logs";

  /** The service's name on the host. */
  private static final String SERVICE = "reputation-indexer";

  private final List<FollowedChain> chains;
  private final Host http;

  private IndexerHost(List<FollowedChain> chains, Host http) {
    this.chains = List.copyOf(chains);
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
    List<ReachedChain> unnamed =
        plan.chains().stream().filter(one -> one.chain().isEmpty()).map(ReachedChain::ask).toList();
    plan.progress().accept("starting the database");
    Database database = database(lifecycle, plan, metrics);
    KnownDeployment.migrate(database);
    List<ReachedChain> reached = new ArrayList<>(unnamed);
    plan.chains()
        .forEach(
            one ->
                one.chain()
                    .map(id -> ReachedChain.named(one, id, database))
                    .ifPresent(reached::add));
    plan.progress().accept("starting the indexer");
    LogCaches logs =
        plan.cached() ? LogFiles.in(plan.state().resolve(LOGS_FOLDER)) : LogCaches.NONE;
    List<FollowedChain> chains =
        reached.stream().map(one -> follow(lifecycle, one, logs, database, metrics)).toList();
    List<IndexedFiles> files =
        reached.stream()
            .map(one -> new IndexedFiles(lifecycle, one.reader(), one.contracts(), database))
            .toList();
    HttpService binding = binding(lifecycle, plan, reached, files);
    Host http = lifecycle.start(host(plan, chains, files, database, metrics).mount(binding)::start);
    for (int i = 0; i < files.size(); i++) {
      files.get(i).read(reached.get(i).plan().files(), metrics);
    }
    return new IndexerHost(chains, http);
  }

  private static FollowedChain follow(
      Lifecycle lifecycle,
      ReachedChain one,
      LogCaches logs,
      Database database,
      PrometheusMeterRegistry metrics) {
    long from = one.firstBlock(database);
    FollowSettings settings = one.settings(from).cachedIn(logs);
    ReputationIndexer indexer =
        lifecycle.start(
            () ->
                one.plan().chain().isEmpty()
                    ? ReputationIndexer.start(
                        one.reader(), one.contracts(), database, metrics, settings)
                    : ReputationIndexer.startInBackground(
                        one.reader(), one.contracts(), database, metrics, settings));
    return new FollowedChain(one.contracts(), from, indexer);
  }

  private static HttpService binding(
      Lifecycle lifecycle, IndexerPlan plan, List<ReachedChain> reached, List<IndexedFiles> files) {
    DidResolver resolver =
        new DidMethods(lifecycle)
            .resolver(
                reached.stream().flatMap(one -> identities(plan, one.reader()).stream()).toList());
    Map<Caip2ChainId, HttpService> bindings = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      ReachedChain one = reached.get(i);
      bindings.put(one.contracts().chain(), files.get(i).binding(one.plan().files(), resolver));
    }
    return AgentsOfChains.together(bindings);
  }

  /** Where did:ethr lives on a chain. */
  private static Optional<EthrNetwork> identities(IndexerPlan plan, ChainReader reader) {
    return plan.didRegistry()
        .map(address -> EthrNetwork.withRegistry(address, reader))
        .or(() -> EthrNetwork.canonical(reader));
  }

  private static Host.Builder host(
      IndexerPlan plan,
      List<FollowedChain> chains,
      List<IndexedFiles> files,
      Database database,
      PrometheusMeterRegistry metrics) {
    Map<Caip2ChainId, HttpService> agents = new LinkedHashMap<>();
    Map<Caip2ChainId, HttpService> said = new LinkedHashMap<>();
    GraphqlTurns turns = new GraphqlTurns();
    Map<Caip2ChainId, HttpService> queried = new LinkedHashMap<>();
    for (int i = 0; i < chains.size(); i++) {
      FollowedChain one = chains.get(i);
      agents.put(one.chain(), one.indexer().service());
      said.put(one.chain(), files.get(i).service(one.indexer()));
      queried.put(one.chain(), files.get(i).graphql(one.indexer(), turns));
    }
    Host.Builder builder =
        Host.builder()
            .port(plan.port())
            .metrics(metrics)
            .database(database)
            .mount(AgentsOfChains.together(agents))
            .mount(AgentsOfChains.together(said))
            .mount(AgentsOfChains.together(queried))
            .progress(SERVICE, () -> figures(chains));
    plan.allowedOrigins().forEach(builder::allowOrigin);
    return builder;
  }

  /** Of one chain its own; of several by their names. */
  private static Object figures(List<FollowedChain> chains) {
    if (chains.size() == 1) {
      return chains.getFirst().figures();
    }
    Map<String, FollowFigures> each = new LinkedHashMap<>();
    chains.forEach(one -> each.put(one.chain().toString(), one.figures()));
    return each;
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

  public URI uri() {
    return http.uri();
  }

  /** In the order in which they were named. */
  public List<FollowedChain> chains() {
    return chains;
  }
}
