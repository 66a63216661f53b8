package org.earnest.kit.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.earnest.kit.fetch.FetchOutcome.Refusal;
import org.earnest.kit.fetch.FetchOutcome.Refused;
import org.earnest.testkit.fetch.SsrfVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that somebody else would forge through us. */
class SsrfTest {
  private static final SsrfVectors VECTORS = SsrfVectors.read();

  static List<SsrfVectors.Url> urls() {
    return VECTORS.urls();
  }

  static List<SsrfVectors.Name> names() {
    return VECTORS.names();
  }

  static List<SsrfVectors.Redirect> redirects() {
    return VECTORS.redirects();
  }

  @Test
  void thereAreEnoughAndNoneTwice() {
    assertThat(VECTORS.urls()).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    assertThat(VECTORS.names()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("urls")
  void noUrlLeadsInside(SsrfVectors.Url vector) throws Exception {
    try (GuardedFetcher fetcher = new GuardedFetcher(FetchPolicy.STRICT)) {
      assertRefused(fetcher.get(URI.create(vector.url()), "*/*"), vector.refusal());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void noNameLeadsInside(SsrfVectors.Name vector) throws Exception {
    InetAddress[] found = addresses(vector.addresses());
    FixedNames names = new FixedNames().answering(found);
    try (GuardedFetcher fetcher =
        new GuardedFetcher(
            FetchPolicy.STRICT,
            names,
            PublicAddresses::contains,
            DefaultClientTlsStrategy.createDefault())) {
      assertRefused(
          fetcher.get(URI.create("https://" + vector.host() + "/"), "*/*"), "ADDRESS_NOT_PUBLIC");
      assertThat(names.asked())
          .as("looked up once, as nobody may answer otherwise later")
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void noRedirectLeadsInside(SsrfVectors.Redirect vector) throws Exception {
    AtomicInteger served = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          served.incrementAndGet();
          exchange.getResponseHeaders().set("Location", vector.location());
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    URI start = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    try (GuardedFetcher fetcher =
        new GuardedFetcher(FetchPolicy.STRICT.allowing(Set.of(start.toString())))) {
      assertRefused(fetcher.get(start, "*/*"), vector.refusal());
      assertThat(served).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  private static InetAddress[] addresses(List<String> literals) throws UnknownHostException {
    InetAddress[] addresses = new InetAddress[literals.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getAllByName(literals.get(i))[0];
    }
    return addresses;
  }

  private static void assertRefused(FetchOutcome outcome, String refusal) throws IOException {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.valueOf(refusal)));
  }
}
