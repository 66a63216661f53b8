package org.earnest.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Stands between a shop and its facilitator, and is the server behind the shop. Until it is let go
 * it holds each call at the step that the call's path names, and answers it never.
 */
final class HeldTraffic implements AutoCloseable {
  /** Where a call can stop, by its path. */
  enum Step {
    /** The facilitator has not looked at the payment. */
    VERIFYING,
    /** The server behind works on the answer. */
    SERVING,
    /** The answer is there; the facilitator does not know that it is to settle. */
    SETTLING,
    /** Settled; the shop was not told. */
    SETTLED
  }

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI facilitator;
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Set<Step> held = ConcurrentHashMap.newKeySet();
  private final Queue<Step> served = new ConcurrentLinkedQueue<>();

  HeldTraffic(URI facilitator) throws IOException {
    this.facilitator = facilitator;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::behind);
    server.createContext("/facilitator", this::forward);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Set<Step> held() {
    return held;
  }

  /** What the server behind was asked, each time. */
  Queue<Step> served() {
    return served;
  }

  /** What was held is lost, and nothing is held any more. */
  void letGo() {
    gone.countDown();
  }

  private void behind(HttpExchange exchange) throws IOException {
    Step step = Step.valueOf(exchange.getRequestURI().getPath().substring(1));
    served.add(step);
    if (holds(Step.SERVING, step)) {
      exchange.close();
      return;
    }
    answer(exchange, 200, "answer " + step);
  }

  private void forward(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath().substring("/facilitator".length());
    boolean settles = path.equals("/settle");
    if ((path.equals("/verify") && holds(Step.VERIFYING, body))
        || (settles && holds(Step.SETTLING, body))) {
      exchange.close();
      return;
    }
    HttpResponse<String> said = ask(exchange.getRequestMethod(), path, body);
    if (settles && holds(Step.SETTLED, body)) {
      exchange.close();
      return;
    }
    answer(exchange, said.statusCode(), said.body());
  }

  /** A payment names what it is for. */
  private boolean holds(Step step, String body) {
    return body.contains("/" + step + "\"") && holds(step, step);
  }

  private boolean holds(Step at, Step step) {
    if (at != step || gone.getCount() == 0) {
      return false;
    }
    held.add(step);
    try {
      gone.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private HttpResponse<String> ask(String method, String path, String body) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(facilitator + path))
              .header("Content-Type", "application/json")
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  private static void answer(HttpExchange exchange, int status, String said) throws IOException {
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
    http.close();
  }
}
