package org.earnest.cli.host;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.site.DemoSite;
import org.earnest.cli.site.RegistrationFiles;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.edge.CredentialsService;
import org.earnest.credentials.proof.LocalEd25519Signer;
import org.earnest.credentials.store.Issuances;
import org.earnest.devnet.Deployed;
import org.earnest.devnet.Deployment;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.TestMoney;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.edge.DidResolverService;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.pkh.PkhDidMethod;
import org.earnest.kit.http.Host;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.kit.submission.SubmissionService;

/** The whole house in one process. This class is the only one that knows all of its rooms. */
public final class EarnestHost {
  private static final Duration CHAIN_SETTLES = Duration.ofSeconds(5);

  private final DevChain chain;
  private final ChainReader reader;
  private final Deployed contracts;
  private final Submitters submitters;
  private final RegistrationFiles registrationFiles;
  private final Did issuer;
  private final Host http;

  private EarnestHost(
      DevChain chain,
      ChainReader reader,
      Deployed contracts,
      Submitters submitters,
      RegistrationFiles registrationFiles,
      Did issuer,
      Host http) {
    this.chain = chain;
    this.reader = reader;
    this.contracts = contracts;
    this.submitters = submitters;
    this.registrationFiles = registrationFiles;
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
    ChainIdentity identity = ChainIdentity.require(database, reader);
    PostgresSubmissionJournal journal = PostgresSubmissionJournal.open(database);
    Submitters submitters = new Submitters(chain.rpc(), reader, journal);

    plan.progress().accept("deploying the contracts");
    TransactionSubmitter deployer = submitters.of(chain.account(Role.DEPLOYER).signer());
    Deployed contracts = Deployment.ensure(chain, deployer);
    TestMoney.ensure(chain, contracts, deployer);

    DidResolver resolver = resolver(reader, contracts);
    LocalEd25519Signer issuerKey = IssuerKey.of(plan.state());
    CredentialIssuer issuer =
        new CredentialIssuer(issuerKey, AgentContext.known(), InstantSource.system());
    CredentialVerifier verifier =
        new CredentialVerifier(resolver, AgentContext.known(), InstantSource.system());
    RegistrationFiles registrationFiles = new RegistrationFiles();
    plan.progress().accept("starting the services");
    Host http =
        lifecycle.start(
            () ->
                Host.builder()
                    .port(plan.port())
                    .metrics(metrics)
                    .database(database)
                    .mount(new SubmissionService(journal))
                    .mount(new DidResolverService(resolver))
                    .mount(new CredentialsService(issuer, verifier, Issuances.open(database)))
                    .mount(new DemoSite(registrationFiles))
                    .start());
    lifecycle.start(() -> identity.rememberAfter(CHAIN_SETTLES));
    return new EarnestHost(
        chain, reader, contracts, submitters, registrationFiles, issuer.issuer(), http);
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

  private static DidResolver resolver(ChainReader reader, Deployed contracts) {
    return new CompositeDidResolver(
        List.of(
            new KeyDidMethod(),
            new PkhDidMethod(),
            new EthrDidMethod(List.of(EthrNetwork.withRegistry(contracts.didRegistry(), reader)))));
  }

  public URI uri() {
    return http.uri();
  }

  public DevChain chain() {
    return chain;
  }

  public ChainReader reader() {
    return reader;
  }

  public Deployed contracts() {
    return contracts;
  }

  public RegistrationFiles registrationFiles() {
    return registrationFiles;
  }

  /** Who issues the credentials of {@code /credentials/issue}. */
  public Did issuer() {
    return issuer;
  }

  /** The way to the chain for an account whose key is here. */
  public TransactionSubmitter submitter(EvmSigner signer) {
    return submitters.of(signer);
  }
}
