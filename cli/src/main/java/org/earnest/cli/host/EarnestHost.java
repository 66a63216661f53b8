package org.earnest.cli.host;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.CarriedReceipts;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.cli.site.Deliverables;
import org.earnest.cli.site.Publications;
import org.earnest.cli.site.RegistrationFiles;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.identity.AgentFiles;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.credentials.edge.OperatorsSignature;
import org.earnest.credentials.edge.SchemaService;
import org.earnest.credentials.edge.StatusListService;
import org.earnest.credentials.edge.StatusLists;
import org.earnest.devnet.Deployed;
import org.earnest.devnet.Deployment;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.TestMoney;
import org.earnest.did.edge.DidResolverService;
import org.earnest.escrow.EscrowService;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.Readiness;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.submission.MeteredSubmissionJournal;
import org.earnest.kit.submission.OperatorToken;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.kit.submission.SubmissionMetrics;
import org.earnest.kit.submission.SubmissionService;
import org.earnest.reputation.ReputationIndexer;

/** The whole house in one process. This class is the only one that knows all of its rooms. */
public final class EarnestHost {
  private static final Duration CHAIN_SETTLES = Duration.ofSeconds(5);

  private final Services services;
  private final ReputationIndexer indexer;
  private final Publications publications;
  private final Did issuer;
  private final Host http;

  private EarnestHost(
      Services services,
      ReputationIndexer indexer,
      Publications publications,
      Did issuer,
      Host http) {
    this.services = services;
    this.indexer = indexer;
    this.publications = publications;
    this.issuer = issuer;
    this.http = http;
  }

  /**
   * Starts everything, and lets the lifecycle own each part from the moment it runs.
   *
   * @throws org.earnest.kit.process.StartupException for what is missing, with what to do about it
   */
  public static EarnestHost start(Lifecycle lifecycle, HostPlan plan) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    plan.progress().accept("starting the chain");
    DevChain chain = lifecycle.start(plan.chain());
    plan.progress().accept("starting the database");
    DatabaseSettings settings = database(lifecycle, plan);
    Database database = lifecycle.start(() -> Database.open(settings, metrics));
    ChainReader reader = JsonRpcChainReader.connect(chain.rpc(), chain.chainId());
    ChainReader followed = JsonRpcChainReader.connect(chain.rpcOfReaders(), chain.chainId());
    ChainIdentity identity = ChainIdentity.require(database, reader);
    PostgresSubmissionJournal journal = PostgresSubmissionJournal.open(database);
    SubmissionJournal metered = new MeteredSubmissionJournal(journal, metrics);
    Submitters submitters =
        lifecycle.start(
            () ->
                new Submitters(
                    chain.rpc(),
                    reader,
                    metered,
                    SubmissionSettings.DEFAULT.withFinality(plan.finality()),
                    new SubmissionMetrics(metrics)));

    plan.progress().accept("deploying the contracts");
    TransactionSubmitter deployer = submitters.of(chain.account(Role.DEPLOYER).signer());
    Deployed contracts = Deployment.ensure(chain, deployer);
    DevChannels.ensure(chain);
    TestMoney.ensure(chain, contracts, deployer);

    plan.progress().accept("starting the services");
    Services services =
        new Services(
            lifecycle,
            chain,
            reader,
            followed,
            contracts,
            submitters,
            plan.keys(),
            database,
            metrics);
    DidResolver resolver = services.resolver();
    OperatorToken token = OperatorToken.of(plan.state());
    EscrowService escrow = services.escrow();
    ReputationIndexer indexer = services.indexer();
    Publications publications = Publications.none();
    CompletableFuture<URI> address = new CompletableFuture<>();
    CredentialServices credentials = services.credentials(plan.issuer(), resolver, address);
    StatusLists statuses = services.statusLists(credentials);
    tellOfOthers(statuses, plan);
    CompletableFuture<AgentFiles> files = new CompletableFuture<>();
    Host.Builder builder =
        Host.builder()
            .port(plan.port())
            .metrics(metrics)
            .database(database)
            .probe("chain", () -> answers(reader))
            .progress("reputation-indexer", indexer::figures)
            .mount(new SubmissionService(journal, submitters, new CarriedReceipts(reader), token))
            .mount(new DidResolverService(resolver))
            .mount(credentials.service(statuses, indexer, token, demand(plan)))
            .mount(new StatusListService(statuses, token))
            .mount(new SchemaService())
            .mount(services.facilitator(plan.batching()))
            .mount(escrow.service())
            .mount(services.ofDeals(credentials, escrow))
            .mount(indexer.service())
            .mount(indexer.statements(credentials.statements()))
            .mount(services.agentFiles(indexer))
            .mount(services.agentBinding(resolver, files::join))
            .mount(services.graphql(indexer))
            .mount(services.site(publications, address::join));
    plan.allowedOrigins().forEach(builder::allowOrigin);
    Host http = lifecycle.start(builder::start);
    address.complete(http.uri());
    files.complete(services.registrationFiles(http.uri()));
    services.readFiles(http.uri());
    lifecycle.start(() -> identity.rememberAfter(CHAIN_SETTLES));
    return new EarnestHost(services, indexer, publications, credentials.did(), http);
  }

  /**
   * A house at 127.0.0.1 alone that issues under a name which it made itself signs for all who
   * reach it from this machine: nobody else knows the name.
   */
  private static OperatorsSignature.Demand demand(HostPlan plan) {
    return plan.allowedOrigins().isEmpty() && !plan.issuer().isOperators()
        ? OperatorsSignature.Demand.FORWARDED
        : OperatorsSignature.Demand.EVERYBODYS;
  }

  private static void tellOfOthers(StatusLists statuses, HostPlan plan) {
    List<String> others = statuses.otherIssuers();
    if (!others.isEmpty()) {
      plan.progress()
          .accept(
              "the database has status lists of "
                  + String.join(", ", others)
                  + ", whose keys are not here: they are served as they were signed last");
    }
  }

  private static Readiness answers(ChainReader reader) {
    try {
      reader.time();
      return Readiness.ready();
    } catch (ChainUnavailableException unavailable) {
      return Readiness.notReady("the chain does not answer");
    }
  }

  private static DatabaseSettings database(Lifecycle lifecycle, HostPlan plan) {
    return plan.databaseUrl()
        .map(DatabaseSettings::parse)
        .orElseGet(
            () ->
                lifecycle
                    .start(() -> EmbeddedPostgres.start(plan.state(), plan.postgresBinaries()))
                    .settings());
  }

  public URI uri() {
    return http.uri();
  }

  public DevChain chain() {
    return services.chain();
  }

  public ChainReader reader() {
    return services.reader();
  }

  public Deployed contracts() {
    return services.contracts();
  }

  public RegistrationFiles registrationFiles() {
    return publications.registrationFiles();
  }

  /** What sellers deliver by way of this host. */
  public Deliverables deliverables() {
    return publications.deliverables();
  }

  /** Follows the chain's logs; its answers are at {@code /agents}. */
  public ReputationIndexer indexer() {
    return indexer;
  }

  /** The price of the quote at {@code /demo/quote}. */
  public TokenAmount quotePrice() {
    return new TokenAmount(contracts().usdcAsset(), Services.QUOTE_PRICE);
  }

  /** The time by which the chain's contracts judge. */
  public InstantSource clock() {
    return new ChainClock(reader());
  }

  /** Who issues the credentials of {@code /credentials/issue}. */
  public Did issuer() {
    return issuer;
  }

  /** The way to the chain for an account whose key is here. */
  public TransactionSubmitter submitter(EvmSigner signer) {
    return services.submitters().of(signer);
  }
}
