package org.earnest.cli.host;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.Readiness;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.submission.MeteredSubmissionJournal;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.kit.submission.SubmissionMetrics;
import org.earnest.payments.edge.FacilitatorService;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.Relayers;
import org.earnest.payments.facilitator.WalletFactories;

/** The x402 facilitator by itself, on any EVM chain, in one process and on one port. */
public final class FacilitatorHost {
  private static final Duration CHAIN_SETTLES = Duration.ofSeconds(5);

  private final Host http;
  private final ChainReader reader;
  private final List<EvmAddress> relayers;
  private final FacilitatorPolicy policy;

  private FacilitatorHost(
      Host http, ChainReader reader, List<EvmAddress> relayers, FacilitatorPolicy policy) {
    this.http = http;
    this.reader = reader;
    this.relayers = List.copyOf(relayers);
    this.policy = policy;
  }

  /**
   * Starts it, and lets the lifecycle own each part from the moment it runs.
   *
   * @throws StartupException for what is missing, with what to do about it
   */
  public static FacilitatorHost start(Lifecycle lifecycle, FacilitatorPlan plan) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    plan.progress().accept("asking the chain");
    JsonRpc rpc = RpcUrls.connect(plan.rpcUrls());
    ChainReader reader = JsonRpcChainReader.connect(rpc);
    FacilitatorPolicy policy = policy(plan, reader.chainId());
    plan.operators().forEach(operator -> requireOperator(reader, operator));
    plan.progress().accept("starting the database");
    Database database = database(lifecycle, plan, metrics);
    ChainIdentity identity = ChainIdentity.require(database, reader);
    SubmissionJournal journal =
        new MeteredSubmissionJournal(PostgresSubmissionJournal.open(database), metrics);
    plan.progress().accept("starting the facilitator");
    Submitters submitters =
        lifecycle.start(
            () ->
                new Submitters(
                    rpc,
                    reader,
                    journal,
                    SubmissionSettings.DEFAULT.withFinality(plan.finality()),
                    new SubmissionMetrics(metrics)));
    TransactionSubmitter all = submitters.of(plan.keys());
    Relayers relayers = new Relayers(all, submitters.of(List.of(plan.keys().getFirst())));
    Host.Builder builder =
        Host.builder()
            .port(plan.port())
            .metrics(metrics)
            .database(database)
            .probe("chain", () -> answers(reader))
            .mount(
                FacilitatorService.open(
                    database,
                    reader,
                    relayers,
                    policy,
                    submitters.finality(),
                    new ChainClock(reader)));
    plan.allowedOrigins().forEach(builder::allowOrigin);
    Host http = lifecycle.start(builder::start);
    lifecycle.start(() -> identity.rememberAfter(CHAIN_SETTLES));
    return new FacilitatorHost(http, reader, all.senders(), policy);
  }

  private static Database database(
      Lifecycle lifecycle, FacilitatorPlan plan, PrometheusMeterRegistry metrics) {
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

  private static FacilitatorPolicy policy(FacilitatorPlan plan, Caip2ChainId chain) {
    Caip19AssetId[] assets =
        plan.assets().stream()
            .map(FacilitatorHost::asset)
            .filter(asset -> asset.chain().equals(chain))
            .toArray(Caip19AssetId[]::new);
    if (assets.length == 0) {
      throw new StartupException(
          "asset_needed",
          "no token of " + chain + " is named, which is what the node serves",
          "Name one whose code you trust: --asset " + chain + "/erc20:0x...");
    }
    FacilitatorPolicy policy =
        FacilitatorPolicy.ofAssets(assets)
            .paying(plan.payees())
            .admitting(plan.operators().toArray(EvmAddress[]::new));
    return plan.batch()
        .map(batch -> policy.deploying(new WalletFactories(plan.factories(), batch)))
        .orElse(policy);
  }

  private static Caip19AssetId asset(String text) {
    try {
      return Caip19AssetId.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "asset_invalid", "--asset is no token", "Write it as eip155:84532/erc20:0x...");
    }
  }

  private static void requireOperator(ChainReader reader, EvmAddress operator) {
    if (reader.code(operator, BlockTag.Named.LATEST).equals("0x")) {
      throw new StartupException(
          "operator_unknown",
          "there is no contract at " + operator,
          "Deploy one with ./earnest x402 escrow deploy, and name it with --operator");
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

  public URI uri() {
    return http.uri();
  }

  Caip2ChainId chain() {
    return reader.chainId();
  }

  FacilitatorPolicy policy() {
    return policy;
  }

  /** The accounts that pay the gas, and what they hold, in wei. */
  Map<EvmAddress, BigInteger> purses() {
    Map<EvmAddress, BigInteger> purses = new TreeMap<>((a, b) -> a.hex().compareTo(b.hex()));
    relayers.forEach(one -> purses.put(one, reader.balance(one, BlockTag.Named.LATEST)));
    return purses;
  }
}
