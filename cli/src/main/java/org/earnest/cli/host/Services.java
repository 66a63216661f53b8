package org.earnest.cli.host;

import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.earnest.cli.indexer.DidMethods;
import org.earnest.cli.indexer.FileSettings;
import org.earnest.cli.indexer.IndexedFiles;
import org.earnest.cli.site.DemoSite;
import org.earnest.cli.site.Publications;
import org.earnest.cli.site.QuoteHandler;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.identity.AgentFiles;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.credentials.edge.StatusLists;
import org.earnest.devnet.Deployed;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.did.agent.AgentVerifier;
import org.earnest.did.edge.AgentBindingService;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.escrow.EscrowService;
import org.earnest.escrow.decide.AllowedToken;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.Lifecycle;
import org.earnest.payments.edge.FacilitatorService;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.facilitator.Relayers;
import org.earnest.payments.server.Offer;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.edge.GraphqlTurns;

/**
 * Wires each service to the chain, the database and the accounts that pay its gas.
 *
 * @param reader for what is paid and sent
 * @param followed the same chain for what only reads along
 */
record Services(
    Lifecycle lifecycle,
    DevChain chain,
    ChainReader reader,
    ChainReader followed,
    Deployed contracts,
    Submitters submitters,
    Map<Role, List<HostKey>> keys,
    Database database,
    MeterRegistry metrics) {
  /** EIP-712 domain of {@code TestUSDC}. */
  private static final String USDC_NAME = "USD Coin";

  private static final String USDC_VERSION = "2";

  /** For others to come, whose payments share a transaction. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  /** A cent. */
  static final BigInteger QUOTE_PRICE = BigInteger.valueOf(10_000);

  DidResolver resolver() {
    return new DidMethods(lifecycle)
        .resolver(List.of(EthrNetwork.withRegistry(contracts.didRegistry(), reader)));
  }

  /**
   * Whether agents are who they say.
   *
   * @param files asked for with the first question
   */
  HttpService agentBinding(DidResolver resolver, Supplier<AgentFiles> files) {
    return new AgentBindingService(
        new AgentVerifier(
            followed, contracts.identityRegistry(), uri -> files.get().read(uri), resolver));
  }

  /** The demo's registration files too, which this host serves. */
  AgentFiles registrationFiles(URI host) {
    return files().registrations(Optional.empty(), Set.of(host.toString()));
  }

  /** Issuing, verifying and stating, by this issuer's keys. */
  CredentialServices credentials(
      HostIssuer issuer, DidResolver resolver, CompletableFuture<URI> host) {
    return new CredentialServices(lifecycle, issuer, resolver, database, host);
  }

  /** An issuer's status lists, anchored by the relayer. */
  StatusLists statusLists(CredentialServices credentials) {
    return credentials.statusLists(submitter(Role.RELAYER), contracts.credentialAnchor());
  }

  HttpService ofDeals(CredentialServices credentials, EscrowService escrow) {
    return credentials.ofDeals(escrow, registries().registry());
  }

  private TransactionSubmitter submitter(Role role) {
    List<HostKey> own = keys.getOrDefault(role, List.of());
    return own.isEmpty() ? submitters.of(chain.account(role).signer()) : submitters.of(own);
  }

  HttpService facilitator(boolean batching) {
    TransactionSubmitter one = submitter(Role.FACILITATOR);
    TransactionSubmitter sender =
        batching
            ? lifecycle.start(() -> submitters.gathering(one, contracts.callBatch(), MOMENT))
            : one;
    return FacilitatorService.open(
        database,
        reader,
        new Relayers(sender, single(one)),
        FacilitatorPolicy.ofAssets(contracts.usdcAsset()),
        submitters.finality(),
        new ChainClock(reader));
  }

  /** One account of these, whose payments have a transaction each. */
  private TransactionSubmitter single(TransactionSubmitter one) {
    List<HostKey> own = keys.getOrDefault(Role.FACILITATOR, List.of());
    return own.size() > 1 ? submitters.of(List.of(own.getFirst())) : one;
  }

  EscrowService escrow() {
    return lifecycle.start(
        () ->
            EscrowService.start(
                reader,
                followed,
                contracts.dealEscrow(),
                List.of(new AllowedToken(contracts.usdc(), USDC_NAME, USDC_VERSION)),
                submitter(Role.RELAYER),
                submitters.finality(),
                database,
                IdempotencyKeys.open(database)));
  }

  ReputationIndexer indexer() {
    return lifecycle.start(
        () -> ReputationIndexer.start(followed, registries(), database, metrics));
  }

  private FollowedContracts registries() {
    return new FollowedContracts(
        reader.chainId(),
        contracts.identityRegistry(),
        contracts.reputationRegistry(),
        Optional.of(contracts.validationRegistry()),
        Optional.of(contracts.dealEscrow()));
  }

  /** What agents' and clients' files say. */
  HttpService agentFiles(ReputationIndexer indexer) {
    return files().service(indexer);
  }

  HttpService graphql(ReputationIndexer indexer) {
    return files().graphql(indexer, new GraphqlTurns());
  }

  /**
   * Reads them, once the host runs that serves the demo's.
   *
   * @param host this one's address, which is on no public internet
   */
  void readFiles(URI host) {
    files()
        .read(
            new FileSettings(Optional.empty(), Set.of(contracts.usdc())),
            Set.of(host.toString()),
            metrics);
  }

  private IndexedFiles files() {
    return new IndexedFiles(lifecycle, followed, registries(), database);
  }

  /**
   * The demo's agents' own site.
   *
   * @param facilitator where payments are verified and settled, asked for with the first payment
   */
  HttpService site(Publications publications, Supplier<URI> facilitator) {
    HttpClient http = lifecycle.start(HttpClient::newHttpClient);
    Paywall wall = Paywall.open(database, new HttpFacilitator(facilitator, http));
    Offer offer =
        Offer.exact(
            "A binding quote for a translation",
            "application/json",
            new TokenAmount(contracts.usdcAsset(), QUOTE_PRICE),
            chain.account(Role.SELLER).address(),
            USDC_NAME,
            USDC_VERSION);
    return new DemoSite(publications, wall.charge(offer, new QuoteHandler()));
  }
}
