package org.earnest.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** For a listener that is to be too slow. */
  private static final Duration LITTLE = Duration.ofMillis(200);

  private static final int EVENTS = 3;

  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch letGo = new CountDownLatch(1);

  @Test
  void tellsEventsAsTheyCome() throws Exception {
    try (Host host = host(this::count)) {
      HttpResponse<InputStream> response = listen(host);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
      BufferedReader lines = reader(response.body());
      for (int event = 0; event < EVENTS; event++) {
        assertThat(lines.readLine()).isEqualTo("event: count");
        assertThat(lines.readLine()).isEqualTo("id: " + event);
        assertThat(lines.readLine())
            .isEqualTo("data: {\"text\":\"a\\nb\",\"count\":" + event + "}");
        assertThat(lines.readLine()).isEmpty();
      }
      assertThat(lines.readLine()).isEqualTo(":");
    }
    assertThat(letGo.getCount()).as("closing the host lets the listener go").isZero();
  }

  @Test
  void refusesOneListenerTooMany() throws Exception {
    try (Host host = host(this::count)) {
      HttpResponse<InputStream> first = listen(host);
      assertThat(reader(first.body()).readLine()).isEqualTo("event: count");
      HttpResponse<InputStream> second = listen(host);
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(new String(second.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"too_many_listeners\"")
          .contains("\"retryable\":true");
    }
  }

  @Test
  void refusesBeforeTheFirstEventLikeAnyRoute() throws Exception {
    try (Host host = host(listener -> refuse())) {
      HttpResponse<InputStream> response = listen(host);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"invalid_request\"");
    }
  }

  @Test
  void tellsASlowListenerAndCutsItOff() throws Exception {
    String block = "x".repeat(64 * 1024);
    AtomicInteger sent = new AtomicInteger();
    try (Host host =
            host(
                LITTLE,
                listener -> {
                  while (true) {
                    listener.send("block", "1", block);
                    sent.incrementAndGet();
                  }
                });
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      awaitStandstill(sent);
      String all =
          new String(socket.getInputStream().readNBytes(64 * 1024 * 1024), StandardCharsets.UTF_8);
      assertThat(all.substring(all.length() - 400))
          .contains("event: slow")
          .contains("Last-Event-ID");
    }
  }

  private static void awaitStandstill(AtomicInteger sent) throws InterruptedException {
    int before;
    do {
      before = sent.get();
      Thread.sleep(LITTLE.multipliedBy(5));
    } while (before == 0 || sent.get() != before);
  }

  private interface Told {
    void to(EventSink listener) throws IOException, InterruptedException;
  }

  private void count(EventSink listener) throws IOException, InterruptedException {
    try {
      for (int event = 0; event < EVENTS; event++) {
        listener.send("count", Integer.toString(event), new SampleService.Echo("a\nb", event));
      }
      listener.comment();
      Thread.sleep(Duration.ofMinutes(5));
    } finally {
      letGo.countDown();
    }
  }

  private static void refuse() {
    throw Problem.invalidRequest("nobody may listen").asException();
  }

  private static Host host(Told told) {
    return host(PATIENCE, told);
  }

  private static Host host(Duration patience, Told told) {
    return Host.builder().listeners(1, patience).mount(new Telling(told)).start();
  }

  private HttpResponse<InputStream> listen(Host host) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(host.uri() + "/events")).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static BufferedReader reader(InputStream body) {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  private record Telling(Told told) implements HttpService {
    @Override
    public String name() {
      return "telling";
    }

    @Override
    public String openApiResource() {
      return "sample-openapi.json";
    }

    @Override
    public void routes(Routes routes) {
      routes.stream("/events", (context, listener) -> told.to(listener));
    }
  }
}
