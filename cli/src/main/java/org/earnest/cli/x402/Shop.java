package org.earnest.cli.x402;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.earnest.cli.host.HostIssuer;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.credentials.payment.ReceiptIssuer;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.edge.ChargeHeader;
import org.earnest.payments.edge.PaymentFilter;
import org.earnest.payments.edge.Upstream;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.OfferReceipts;
import org.earnest.payments.server.PaymentGate;
import org.earnest.payments.server.PriceList;
import org.earnest.payments.server.Pricing;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.store.PostgresPaymentClaims;
import org.earnest.payments.till.ChannelLedger;
import org.earnest.payments.till.ChannelTill;
import org.earnest.payments.till.ChannelWatch;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A price before a server that knows of none. */
public final class Shop {
  private static final String EVERYTHING = "/**";
  private static final String ADDRESS = "127.0.0.1";
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  /** How often channels are looked at. */
  private static final Duration ROUND = Duration.ofMinutes(1);

  /** What is had by HEAD and OPTIONS cannot be sold. */
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final ShopPlan plan;
  private final URI uri;
  private final Did seller;

  private Shop(ShopPlan plan, URI uri, Did seller) {
    this.plan = plan;
    this.uri = uri;
    this.seller = seller;
  }

  /**
   * Opens it, and lets the lifecycle own each part.
   *
   * @throws StartupException for what is missing, with what to do about it
   */
  public static Shop open(Lifecycle lifecycle, ShopPlan plan) {
    BigInteger least = plan.least();
    HttpClient http = lifecycle.start(Shop::client);
    HttpFacilitator facilitator = new HttpFacilitator(plan.facilitator(), http);
    ShopOffers offers = new ShopOffers(plan, facilitator);
    Optional<Offer> offer = offer(plan, offers);
    DidSigner key = HostIssuer.of(plan.state()).signer(KeyType.ED25519);
    InstantSource clock = InstantSource.system();
    OfferReceipts receipts =
        new OfferReceipts(
            key,
            Optional.of(
                new ReceiptIssuer(new CredentialIssuer(key, PaymentContext.known(), clock))),
            clock);
    Database database = database(lifecycle, plan);
    database.migrate("payments");
    Till till = till(lifecycle, plan, offer, facilitator, database);
    PaymentGate gate =
        new PaymentGate(till.facilitator(), new PostgresPaymentClaims(database), receipts);
    PriceList prices = prices(plan, till.pricing());
    Server server = server();
    ServerConnector connector = lifecycle.start(() -> listening(server, plan.port()));
    URI uri = URI.create("http://" + ADDRESS + ":" + connector.getLocalPort());
    // Never by the Host that a caller sends: offers and receipts under it are signed.
    PaymentFilter filter = new PaymentFilter(gate, prices, plan.publicUri().orElse(uri));
    server.setHandler(application(filter, upstream(http, plan, least)));
    lifecycle.start(() -> started(server));
    return new Shop(plan, uri, key.verificationMethod().did());
  }

  /** By HTTP/1.1, as a server behind need not know what an upgrade is. */
  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECTING)
        .build();
  }

  /** Empty where the offer follows the call: into escrow. */
  private static Optional<Offer> offer(ShopPlan plan, ShopOffers offers) {
    Optional<EscrowSales> escrow = plan.ways().escrow();
    escrow.ifPresent(sales -> offers.requireAdmits(sales.operator()));
    return escrow.isPresent() ? Optional.empty() : Optional.of(offers.offer());
  }

  private static Upstream upstream(HttpClient http, ShopPlan plan, BigInteger least) {
    return plan.ways()
        .metered()
        .map(
            sales ->
                new Upstream(
                    http,
                    plan.forward(),
                    new ChargeHeader(sales.chargeHeader(), plan.token().decimals(), least)))
        .orElseGet(() -> new Upstream(http, plan.forward()));
  }

  /** Who takes the money, and for what price. */
  private record Till(Facilitator facilitator, Pricing pricing) {}

  private static Till till(
      Lifecycle lifecycle,
      ShopPlan plan,
      Optional<Offer> offer,
      Facilitator facilitator,
      Database database) {
    if (offer.isEmpty()) {
      EscrowDesk.Opened escrow =
          EscrowDesk.open(
              lifecycle, plan, plan.ways().escrow().orElseThrow(), facilitator, database);
      return new Till(escrow.till(), escrow.desk().pricing());
    }
    return new Till(
        plan.ways()
            .channels()
            .<Facilitator>map(sales -> channels(lifecycle, plan, sales, facilitator, database))
            .orElse(facilitator),
        Pricing.fixed(offer.get()));
  }

  /** Its closing claims all that is owed: a shop that is away claims before no withdrawal. */
  private record ClaimingWatch(ChannelWatch watch) implements AutoCloseable {
    @Override
    public void close() {
      watch.close();
      watch.claimAll();
    }
  }

  private static ChannelTill channels(
      Lifecycle lifecycle,
      ShopPlan plan,
      ChannelSales sales,
      Facilitator facilitator,
      Database database) {
    ChannelLedger ledger = new PostgresChannelLedger(database);
    InstantSource clock = InstantSource.system();
    BigInteger enough = plan.enough(sales);
    lifecycle.start(
        () ->
            new ClaimingWatch(
                new ChannelWatch(facilitator, ledger, sales.authorizer(), enough, ROUND, clock)));
    return new ChannelTill(facilitator, ledger, sales.authorizer(), clock);
  }

  private static PriceList prices(ShopPlan plan, Pricing pricing) {
    PriceList.Builder prices = PriceList.builder();
    METHODS.forEach(method -> prices.charge(method, EVERYTHING, pricing));
    try {
      plan.free().forEach(path -> prices.free("GET", path));
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "free_invalid", "--free is no path", "Write it as /health, or as /docs/**");
    }
    return prices.build();
  }

  private static Database database(Lifecycle lifecycle, ShopPlan plan) {
    DatabaseSettings settings =
        plan.databaseUrl()
            .map(DatabaseSettings::parse)
            .orElseGet(
                () ->
                    lifecycle
                        .start(() -> EmbeddedPostgres.start(plan.state(), plan.postgresBinaries()))
                        .settings());
    return lifecycle.start(() -> Database.open(settings, new SimpleMeterRegistry()));
  }

  private static ServletContextHandler application(PaymentFilter filter, Upstream upstream) {
    ServletContextHandler application = new ServletContextHandler("/");
    application.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
    application.addServlet(new ServletHolder(upstream), "/*");
    return application;
  }

  private static Server server() {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return new Server(threads);
  }

  private static ServerConnector listening(Server server, int port) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost(ADDRESS);
    connector.setPort(port);
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException refused) {
      throw notListening(refused);
    }
    return connector;
  }

  private static AutoCloseable started(Server server) {
    try {
      LifeCycle.start(server);
      return server::stop;
    } catch (RuntimeException refused) {
      throw notListening(refused);
    }
  }

  private static StartupException notListening(Exception refused) {
    return new StartupException(
        "address_not_usable",
        "cannot listen: " + refused.getMessage(),
        "Choose another --port",
        refused);
  }

  public URI uri() {
    return uri;
  }

  /** Who signs its offers and receipts. */
  public Did seller() {
    return seller;
  }

  public ShopPlan plan() {
    return plan;
  }
}
