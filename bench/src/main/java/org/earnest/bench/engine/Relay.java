package org.earnest.bench.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another URL of the node, at which some connections are cut, half of them before the node was
 * asked and half after. It counts the transactions that it passes on.
 */
public final class Relay implements AutoCloseable {
  private static final int ALL = 1_000;
  private static final int CUT = 20;
  private static final int OK = 200;
  private static final String SEND = "eth_sendRawTransaction";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI node;
  private final SplittableRandom random;
  private final Set<String> sent = new HashSet<>();
  private int again;

  private Relay(URI node, long seed) throws IOException {
    this.node = node;
    this.random = new SplittableRandom(seed);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static Relay start(URI node, long seed) {
    try {
      return new Relay(node, seed);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often bytes were passed on that had been passed on before. */
  public synchronized int sentAgain() {
    return again;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }

  /** To close without an answer is to cut the connection. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int draw = draw();
      if (draw < CUT / 2) {
        return;
      }
      count(JSON.readTree(body));
      byte[] reply = ask(body);
      if (draw >= CUT) {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(OK, reply.length);
        exchange.getResponseBody().write(reply);
      }
    }
  }

  private synchronized int draw() {
    return random.nextInt(ALL);
  }

  private void count(JsonNode asked) {
    if (asked.isArray()) {
      asked.forEach(this::countCall);
    } else {
      countCall(asked);
    }
  }

  private synchronized void countCall(JsonNode call) {
    boolean sends = call.path("method").asString("").equals(SEND);
    if (sends && !sent.add(call.path("params").path(0).asString(""))) {
      again++;
    }
  }

  private byte[] ask(byte[] body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
