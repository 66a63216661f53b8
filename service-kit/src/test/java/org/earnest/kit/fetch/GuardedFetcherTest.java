package org.earnest.kit.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.earnest.kit.fetch.FetchOutcome.Failed;
import org.earnest.kit.fetch.FetchOutcome.Failure;
import org.earnest.kit.fetch.FetchOutcome.Fetched;
import org.earnest.kit.fetch.FetchOutcome.Refusal;
import org.earnest.kit.fetch.FetchOutcome.Refused;
import org.earnest.testkit.tls.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedFetcherTest {
  private static final String HOST = "issuer.example";

  @TempDir Path folder;

  private final AtomicInteger served = new AtomicInteger();
  private final CountDownLatch never = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(server);
  }

  @AfterEach
  void stop() {
    never.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/, NOT_HTTPS",
    "ftp://example.com/, NOT_HTTPS",
    "file:///etc/passwd, URL_MALFORMED",
    "jar:https://example.com!/x, URL_MALFORMED",
    "gopher://127.0.0.1:70/, NOT_HTTPS",
    "https:///path, URL_MALFORMED",
    "https:opaque, URL_MALFORMED",
    "//example.com/, URL_MALFORMED",
    "https://user@example.com/, CREDENTIALS_IN_URL",
    "https://example.com:pw@127.0.0.1/, CREDENTIALS_IN_URL",
    "https://exa_mple.com/, URL_MALFORMED",
    "https://example.com:0/, URL_MALFORMED",
    "https://example.com:65536/, URL_MALFORMED",
    "https://2130706433/, URL_MALFORMED",
    "https://127.1/, URL_MALFORMED",
    "https://127.0.1/, URL_MALFORMED",
    "https://0177.0.0.1/, URL_MALFORMED",
    "https://0x7f.0.0.1/, URL_MALFORMED",
    "https://0x7f000001/, URL_MALFORMED",
    "https://127.0.0.0x1/, URL_MALFORMED",
    "https://127.0.0.1./, URL_MALFORMED",
    "https://256.1.1.1/, ANY",
    "https://127.0.0.1/, ADDRESS_NOT_PUBLIC",
    "https://127.0.0.1:8443/, ADDRESS_NOT_PUBLIC",
    "https://10.1.2.3/, ADDRESS_NOT_PUBLIC",
    "https://169.254.169.254/latest/meta-data/, ADDRESS_NOT_PUBLIC",
    "https://192.168.1.1/, ADDRESS_NOT_PUBLIC",
    "https://172.16.0.1/, ADDRESS_NOT_PUBLIC",
    "https://100.100.100.200/, ADDRESS_NOT_PUBLIC",
    "https://0.0.0.0/, ADDRESS_NOT_PUBLIC",
    "https://[::1]/, ADDRESS_NOT_PUBLIC",
    "https://[::]/, ADDRESS_NOT_PUBLIC",
    "https://[::ffff:127.0.0.1]/, ADDRESS_NOT_PUBLIC",
    "https://[::ffff:7f00:1]/, ADDRESS_NOT_PUBLIC",
    "https://[::127.0.0.1]/, ADDRESS_NOT_PUBLIC",
    "https://[64:ff9b::7f00:1]/, ADDRESS_NOT_PUBLIC",
    "https://[2002:7f00:1::]/, ADDRESS_NOT_PUBLIC",
    "https://[fd00:ec2::254]/, ADDRESS_NOT_PUBLIC",
    "https://[fe80::1]/, ADDRESS_NOT_PUBLIC",
    "https://[fe80::1%25lo]/, ANY",
    "https://localhost/, ADDRESS_NOT_PUBLIC",
    "https://LOCALHOST:8443/, ADDRESS_NOT_PUBLIC",
  })
  void refusesByTheUrl(String url, String refusal) throws Exception {
    try (GuardedFetcher fetcher = new GuardedFetcher(FetchPolicy.STRICT)) {
      FetchOutcome outcome = fetcher.get(URI.create(url), "*/*");
      if (refusal.equals("ANY")) {
        assertThat(outcome).isNotInstanceOf(Fetched.class);
      } else {
        assertRefused(outcome, Refusal.valueOf(refusal));
      }
    }
    assertThat(served).hasValue(0);
  }

  @Test
  void refusesALongUrl() throws Exception {
    try (GuardedFetcher fetcher = new GuardedFetcher(FetchPolicy.STRICT)) {
      URI uri = URI.create("https://example.com/" + "a".repeat(FetchPolicy.MAX_URL_LENGTH));
      assertRefused(fetcher.get(uri, "*/*"), Refusal.URL_MALFORMED);
    }
  }

  @Test
  void fetchesFromADevelopmentOriginAndFromNoOtherPort() throws Exception {
    try (GuardedFetcher fetcher = development()) {
      assertThat(fetcher.get(at("/hello"), "text/plain"))
          .isInstanceOfSatisfying(
              Fetched.class,
              fetched -> {
                assertThat(fetched.status()).isEqualTo(200);
                assertThat(fetched.body().text()).isEqualTo("hello text/plain Earnest");
                assertThat(fetched.contentType()).contains("text/plain");
              });
      assertThat(fetcher.get(at("/missing"), "*/*"))
          .isInstanceOfSatisfying(
              Fetched.class, fetched -> assertThat(fetched.status()).isEqualTo(404));
      URI otherPort = URI.create("http://127.0.0.1:1/hello");
      assertRefused(fetcher.get(otherPort, "*/*"), Refusal.NOT_HTTPS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/redirect/3, FETCHED",
    "/redirect/4, TOO_MANY_REDIRECTS",
    "/to?http://127.0.0.1:1/, NOT_HTTPS",
    "/to?https://127.0.0.1/, ADDRESS_NOT_PUBLIC",
    "/to?https://[::1]/, ADDRESS_NOT_PUBLIC",
    "/to?https://localhost/, ADDRESS_NOT_PUBLIC",
    "/to?file:///etc/passwd, URL_MALFORMED",
    "/to?https://a:b@example.com/, CREDENTIALS_IN_URL",
    "/to?https://0x7f.1/, URL_MALFORMED",
    "/to?%25%25, URL_MALFORMED",
    "/large, BODY_TOO_LARGE",
    "/endless, BODY_TOO_LARGE",
    "/gzip, ENCODED_BODY",
  })
  void judgesEachRedirectAndTheBody(String path, String expected) throws Exception {
    try (GuardedFetcher fetcher = development()) {
      FetchOutcome outcome = fetcher.get(at(path), "*/*");
      if (expected.equals("FETCHED")) {
        assertThat(outcome).isInstanceOf(Fetched.class);
      } else {
        assertRefused(outcome, Refusal.valueOf(expected));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"/silent", "/trickle"})
  void endsWhenItsPatienceDoes(String path) throws Exception {
    FetchPolicy impatient =
        new FetchPolicy(Set.of(at("/").toString()), 1024, Duration.ofMillis(200));
    try (GuardedFetcher fetcher = new GuardedFetcher(impatient)) {
      assertFailed(fetcher.get(at(path), "*/*"), Failure.TIMED_OUT);
    }
  }

  @Test
  void saysWhyItCouldNotBeHad() throws Exception {
    DnsResolver nobody = new FixedNames();
    SSLContext tls = TestAuthority.create(folder).signed("other.example");
    try (GuardedFetcher fetcher =
        new GuardedFetcher(
            FetchPolicy.STRICT, nobody, address -> true, new DefaultClientTlsStrategy(tls))) {
      assertFailed(fetcher.get(URI.create("https://issuer.example/"), "*/*"), Failure.HOST_UNKNOWN);
      URI closed = URI.create("https://127.0.0.1:1/");
      assertFailed(fetcher.get(closed, "*/*"), Failure.HOST_UNKNOWN);
    }
  }

  @Test
  void connectsToTheAddressThatWasJudgedAndChecksTheCertificateForTheName() throws Exception {
    SSLContext tls = TestAuthority.create(folder).signed(HOST);
    HttpsServer secure = https(tls);
    int port = secure.getAddress().getPort();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    // A name that answers differently every time: the second answer must never be used.
    FixedNames names = new FixedNames().answering(loopback).answering(address("127.0.0.2"));
    try (GuardedFetcher fetcher =
        new GuardedFetcher(
            FetchPolicy.STRICT, names, loopback::equals, new DefaultClientTlsStrategy(tls))) {
      FetchOutcome outcome =
          fetcher.get(URI.create("https://" + HOST + ":" + port + "/hello"), "a/b");
      assertThat(outcome).isInstanceOf(Fetched.class);
      assertThat(names.asked()).containsExactly(HOST);
      assertRefused(
          fetcher.get(URI.create("https://other.example:" + port + "/hello"), "a/b"),
          Refusal.ADDRESS_NOT_PUBLIC);
      names.answering(loopback);
      assertFailed(
          fetcher.get(URI.create("https://third.example:" + port + "/hello"), "a/b"),
          Failure.TLS_FAILED);
    } finally {
      secure.stop(0);
    }
  }

  @Test
  void followsNoRedirectFromTheInternetToADevelopmentOrigin() throws Exception {
    SSLContext tls = TestAuthority.create(folder).signed(HOST);
    HttpsServer secure = https(tls);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    FetchPolicy policy = FetchPolicy.STRICT.allowing(Set.of(at("/").toString()));
    try (GuardedFetcher fetcher =
        new GuardedFetcher(
            policy,
            new FixedNames().answering(loopback),
            loopback::equals,
            new DefaultClientTlsStrategy(tls))) {
      String origin = "https://" + HOST + ":" + secure.getAddress().getPort();
      assertRefused(
          fetcher.get(URI.create(origin + "/to?" + at("/hello")), "a/b"),
          Refusal.ADDRESS_NOT_PUBLIC);
      assertThat(served).as("only the redirect was served").hasValue(1);
    } finally {
      secure.stop(0);
    }
  }

  @Test
  void refusesAHostOneOfWhoseAddressesIsForbidden() throws Exception {
    SSLContext tls = TestAuthority.create(folder).signed(HOST);
    DnsResolver both = new FixedNames().answering(address("1.1.1.1"), address("10.0.0.1"));
    try (GuardedFetcher fetcher =
        new GuardedFetcher(
            FetchPolicy.STRICT,
            both,
            PublicAddresses::contains,
            new DefaultClientTlsStrategy(tls))) {
      assertRefused(
          fetcher.get(URI.create("https://" + HOST + "/"), "*/*"), Refusal.ADDRESS_NOT_PUBLIC);
    }
  }

  private GuardedFetcher development() {
    FetchPolicy policy =
        new FetchPolicy(Set.of(at("/").toString()), 64 * 1024, Duration.ofSeconds(20));
    return new GuardedFetcher(policy);
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getAllByName(literal)[0];
  }

  private static void assertRefused(FetchOutcome outcome, Refusal refusal) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  private static void assertFailed(FetchOutcome outcome, Failure failure) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(failure));
  }

  private HttpsServer https(SSLContext tls) throws IOException {
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    serve(secure);
    return secure;
  }

  private void serve(HttpServer http) {
    http.setExecutor(threads);
    http.createContext(
        "/",
        exchange -> {
          served.incrementAndGet();
          try (exchange) {
            answer(exchange);
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    http.start();
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/hello" -> {
        String agent = exchange.getRequestHeaders().getFirst("User-Agent");
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        send(
            exchange,
            "hello "
                + exchange.getRequestHeaders().getFirst("Accept")
                + " "
                + agent.substring(0, agent.indexOf('/')));
      }
      case "/to" -> redirect(exchange, exchange.getRequestURI().getQuery());
      case "/large" -> send(exchange, "x".repeat(64 * 1024 + 1));
      case "/endless" -> stream(exchange, 1 << 16, 0);
      case "/trickle" -> stream(exchange, 1, 50);
      case "/silent" -> never.await();
      case "/gzip" -> {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        send(exchange, "x");
      }
      default -> numbered(exchange, path);
    }
  }

  private static void numbered(HttpExchange exchange, String path) throws IOException {
    if (path.startsWith("/redirect/")) {
      int left = Integer.parseInt(path.substring("/redirect/".length()));
      redirect(exchange, left == 1 ? "/hello" : "/redirect/" + (left - 1));
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    exchange.sendResponseHeaders(302, -1);
  }

  private static void send(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void stream(HttpExchange exchange, int size, long pause)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    while (true) {
      body.write(new byte[size]);
      body.flush();
      Thread.sleep(pause);
    }
  }
}
