package org.earnest.cli.x402;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.earnest.cli.host.IssuerKey;
import org.earnest.core.identity.Did;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.credentials.payment.ReceiptIssuer;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.edge.PaymentFilter;
import org.earnest.payments.edge.Upstream;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.OfferReceipts;
import org.earnest.payments.server.PaymentGate;
import org.earnest.payments.server.PriceList;
import org.earnest.payments.store.PostgresPaymentClaims;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A price before a server that knows of none. */
public final class Shop {
  private static final String EVERYTHING = "/**";
  private static final String ADDRESS = "127.0.0.1";
  private static final Duration CONNECTING = Duration.ofSeconds(5);

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
    Offer offer = offer(plan);
    HttpClient http = lifecycle.start(Shop::client);
    HttpFacilitator facilitator = new HttpFacilitator(plan.facilitator(), http);
    requireSettles(facilitator, plan);
    LocalSigner key = IssuerKey.of(plan.state());
    InstantSource clock = InstantSource.system();
    OfferReceipts receipts =
        new OfferReceipts(
            key,
            Optional.of(
                new ReceiptIssuer(new CredentialIssuer(key, PaymentContext.known(), clock))),
            clock);
    Database database = database(lifecycle, plan);
    database.migrate("payments");
    PaymentGate gate = new PaymentGate(facilitator, new PostgresPaymentClaims(database), receipts);
    PriceList prices = prices(plan, offer);
    Server server = server();
    ServerConnector connector = lifecycle.start(() -> listening(server, plan.port()));
    URI uri = URI.create("http://" + ADDRESS + ":" + connector.getLocalPort());
    // Never by the Host that a caller sends: offers and receipts under it are signed.
    PaymentFilter filter = new PaymentFilter(gate, prices, plan.publicUri().orElse(uri));
    server.setHandler(application(filter, new Upstream(http, plan.forward())));
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

  private static Offer offer(ShopPlan plan) {
    SoldToken token = plan.token();
    ExactRequirements terms =
        new ExactRequirements(
            plan.amount(), plan.payTo(), Offer.TIMEOUT, token.name(), token.version());
    return new Offer("a call", "application/octet-stream", List.of(terms.toWire()))
        .settling(plan.settling());
  }

  private static PriceList prices(ShopPlan plan, Offer offer) {
    PriceList.Builder prices = PriceList.builder();
    METHODS.forEach(method -> prices.charge(method, EVERYTHING, offer));
    try {
      plan.free().forEach(path -> prices.free("GET", path));
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "free_invalid", "--free is no path", "Write it as /health, or as /docs/**");
    }
    return prices.build();
  }

  private static void requireSettles(Facilitator facilitator, ShopPlan plan) {
    String network = plan.token().asset().chain().toString();
    try {
      boolean settles =
          facilitator.supported().kinds().stream()
              .anyMatch(
                  kind ->
                      kind.scheme().equals(ExactRequirements.SCHEME)
                          && kind.network().equals(network));
      if (!settles) {
        throw new StartupException(
            "facilitator_unsuitable",
            "the facilitator does not settle 'exact' on " + network,
            "Name another with --facilitator, or another chain with --network");
      }
    } catch (FacilitatorUnavailableException away) {
      throw new StartupException(
          "facilitator_unreachable",
          plan.facilitator() + ": " + away.getMessage(),
          "Look at the address, or start a facilitator of your own: ./earnest x402 facilitator",
          away);
    }
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
      server.start();
      return server::stop;
    } catch (Exception refused) {
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
