package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.PaidRequest;
import org.earnest.payments.server.PaymentGate;
import org.earnest.payments.server.PriceList;
import org.earnest.payments.server.Settling;
import org.earnest.payments.store.PostgresPaymentClaims;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter before an application of its own, on a servlet container as it comes. */
class PaymentFilterIT extends OnChain {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration DROP = Duration.ofMillis(50);

  private final AtomicInteger runs = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private Server server;
  private HttpServer behind;
  private URI base;

  @BeforeEach
  void serve() throws Exception {
    Offer quote = new Offer("a quote", "text/plain", List.of(offer.toWire()));
    PriceList prices =
        PriceList.builder()
            .charge("GET", "/quote", quote)
            .charge("POST", "/echo", quote)
            .charge("GET", "/broken", quote)
            .charge("GET", "/long", quote)
            .charge("GET", "/endless", quote)
            .charge("GET", "/dripping", quote)
            .charge("GET", "/redirect", quote)
            .charge("GET", "/bug", quote)
            .charge("GET", "/paid-bug", quote.settling(Settling.UPFRONT))
            .charge("GET", "/priceless", this::priceless)
            .charge("GET", "/by-size", request -> bySize(request.resourceUrl()))
            .free("GET", "/health")
            .build();
    world.database.migrate("payments");
    PaymentGate gate =
        new PaymentGate(world.remoteFacilitator(), new PostgresPaymentClaims(world.database));
    ServletContextHandler application = new ServletContextHandler("/");
    application.addFilter(
        new FilterHolder(new PaymentFilter(gate, prices)),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    application.addServlet(new ServletHolder(new Application()), "/*");
    behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    behind.createContext("/", PaymentFilterIT::drip);
    behind.start();
    URI drips = URI.create("http://127.0.0.1:" + behind.getAddress().getPort());
    application.addServlet(new ServletHolder(new Upstream(http, drips, PATIENCE)), "/dripping");
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(application);
    server.start();
    base = URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    behind.stop(0);
  }

  private Offer bySize(String url) {
    long price = url.endsWith("?size=2") ? 2 * PRICE : PRICE;
    return new Offer("by size", "text/plain", List.of(world.price(price).toWire()));
  }

  /** Answers whatever it is asked, so that what reaches it is served. */
  private final class Application extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getRequestURI().equals("/health")) {
        response.getWriter().print("well");
        return;
      }
      runs.incrementAndGet();
      response.setHeader("Set-Cookie", "secret=1");
      response.setContentType("text/plain");
      switch (request.getRequestURI()) {
        case "/echo" -> request.getInputStream().transferTo(response.getOutputStream());
        case "/broken" -> response.sendError(500, "out of order");
        case "/long" -> response.getOutputStream().write(new byte[2 * 1024 * 1024]);
        case "/endless" -> endless(response.getOutputStream());
        case "/bug", "/paid-bug" -> failFirst(response);
        case "/redirect" -> response.sendRedirect("/elsewhere");
        default -> response.getWriter().print("sold");
      }
    }
  }

  private void failFirst(HttpServletResponse response) throws IOException {
    response.getWriter().print("sold");
    if (runs.get() == 1) {
      throw new IllegalStateException("a bug");
    }
  }

  private Offer priceless(PaidRequest request) {
    throw new IllegalStateException("no price of " + request.resourceUrl());
  }

  private static void endless(OutputStream stream) throws IOException {
    byte[] chunk = new byte[64 * 1024];
    while (true) {
      stream.write(chunk);
    }
  }

  /** Begins its answer and never ends it, a byte now and then. */
  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream stream = exchange.getResponseBody()) {
      while (true) {
        stream.write('x');
        stream.flush();
        LockSupport.parkNanos(DROP.toNanos());
      }
    }
  }

  @Test
  void aPaidRequestIsServedOnceAndAnsweredAgain() throws Exception {
    PayingHttpClient paying = paying(PRICE);

    Exchange<String> bought = paying.send(get("/quote"), BodyHandlers.ofString());

    assertThat(bought).isInstanceOf(Exchange.Paid.class);
    assertThat(bought.response().body()).isEqualTo("sold");
    assertThat(bought.response().headers().firstValue("Cache-Control")).contains("private");
    assertThat(bought.response().headers().firstValue("Set-Cookie")).isEmpty();
    Exchange<String> again =
        paying.resend(
            get("/quote"), ((Exchange.Paid<String>) bought).payment(), BodyHandlers.ofString());
    assertThat(again.response().body()).isEqualTo("sold");
    assertThat(runs).hasValue(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aBodyReachesTheApplicationAndIsWhatIsPaidFor() throws Exception {
    PayingHttpClient paying = paying(PRICE);
    Exchange<String> bought = paying.send(post("/echo", "one"), BodyHandlers.ofString());

    assertThat(bought.response().body()).isEqualTo("one");
    HttpResponse<String> substituted =
        paying
            .resend(
                post("/echo", "two"),
                ((Exchange.Paid<String>) bought).payment(),
                BodyHandlers.ofString())
            .response();
    assertThat(substituted.statusCode()).isEqualTo(409);
    assertThat(PaidShop.problem(substituted).path("code").stringValue())
        .isEqualTo("payment_already_used");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aPriceIsComputedForEachRequest() throws Exception {
    assertThat(PaidShop.required(ask("/by-size?size=1")).accepts().getFirst().amount())
        .isEqualTo(PRICE);
    paying(2 * PRICE).send(get("/by-size?size=2"), BodyHandlers.ofString());
    assertThat(spent()).isEqualTo(2 * PRICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/long", "/endless"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void whatIsTooLongIsNamedAndNotCharged(String path) throws Exception {
    HttpResponse<String> answer = paying(PRICE).send(get(path), BodyHandlers.ofString()).response();

    assertThat(PaidShop.problem(answer).path("code").stringValue()).isEqualTo("answer_too_long");
    assertThat(spent()).isZero();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void anAnswerThatNeverEndsIsCutAndNotCharged() throws Exception {
    HttpResponse<String> answer =
        paying(PRICE).send(get("/dripping"), BodyHandlers.ofString()).response();

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(PaidShop.problem(answer).path("code").stringValue()).isEqualTo("upstream_late");
    assertThat(spent()).isZero();
  }

  /** Nothing of what it wrote is served, and the same payment buys it once it works. */
  @Test
  void anAnswerThatThrowsIsAProblemAndCostsNothing() throws Exception {
    PayingHttpClient buyer = paying(PRICE);

    Exchange<String> failed = buyer.send(get("/bug"), BodyHandlers.ofString());
    assertThat(failed).isInstanceOf(Exchange.NotTaken.class);
    assertProblem(failed.response(), 500, "answer_failed");
    assertThat(spent()).isZero();

    Exchange<String> bought = buyer.send(get("/bug"), BodyHandlers.ofString());
    assertThat(bought).isInstanceOf(Exchange.Paid.class);
    assertThat(bought.response().body()).isEqualTo("sold");
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void whatWasPaidBeforeItThrewIsOwed() throws Exception {
    PayingHttpClient buyer = paying(PRICE);

    Exchange<String> failed = buyer.send(get("/paid-bug"), BodyHandlers.ofString());
    assertProblem(failed.response(), 503, "paid_not_served");
    assertThat(spent()).isEqualTo(PRICE);

    Exchange<String> owed = buyer.send(get("/paid-bug"), BodyHandlers.ofString());
    assertThat(owed).isInstanceOf(Exchange.Paid.class);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aPriceThatThrowsIsAProblemAndServesNothing() throws Exception {
    HttpResponse<String> answer = http.send(get("/priceless"), BodyHandlers.ofString());

    assertProblem(answer, 500, "sale_failed");
    assertThat(runs).hasValue(0);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(PaidShop.problem(answer).path("code").stringValue()).isEqualTo(code);
    assertThat(answer.body()).doesNotContain("sold\"", "a bug");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/broken", "/redirect"})
  void whatCannotBeSoldIsNotCharged(String path) throws Exception {
    HttpResponse<String> answer = paying(PRICE).send(get(path), BodyHandlers.ofString()).response();

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(spent()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Quote",
        "/quote/",
        "/quote;free",
        "/%71uote",
        "/health/../quote",
        "/health/%2e%2e/quote",
        "/health%2f..%2fquote",
        "//quote",
        "/unlisted",
        "/quote%00",
        "/./quote"
      })
  void noSpellingSlipsPastThePrice(String path) throws Exception {
    HttpResponse<String> answer = ask(path);

    assertThat(answer.statusCode()).isBetween(400, 405);
    assertThat(answer.body()).doesNotContain("sold");
    assertThat(runs).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "QUOTE"})
  void noMethodSlipsPastThePrice(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/quote"))
            .method(method, BodyPublishers.noBody())
            .header("X-HTTP-Method-Override", "GET")
            .build();

    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    assertThat(runs).hasValue(0);
  }

  @Test
  void anAddressThatIsNoneIsRefusedBeforeItIsPaidFor() throws Exception {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /quote?a={b} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("address_malformed");
    }
    assertThat(runs).hasValue(0);
  }

  @Test
  void whatIsFreeIsFree() throws Exception {
    HttpResponse<String> answer = ask("/health");
    assertThat(answer.body()).isEqualTo("well");
    assertThat(answer.headers().firstValue("PAYMENT-REQUIRED")).isEmpty();
  }

  @Test
  void aBodyThatIsTooLongIsRefusedAndNotCharged() throws Exception {
    HttpRequest request = post("/echo", "x".repeat(PaymentFilter.MAX_BODY_BYTES + 1));

    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    assertThat(runs).hasValue(0);
  }

  private HttpResponse<String> ask(String path) throws Exception {
    return http.send(get(path), BodyHandlers.ofString());
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).build();
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private PayingHttpClient paying(long most) {
    return PayingHttpClient.wrap(
        http, buyer.signer(), SpendingPolicy.upTo(TokenAmount.of(world.usdc, most)).at(base));
  }
}
