package org.earnest.bench.logs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node on 127.0.0.1 that serves a synthetic chain as its manners are. */
public final class LogNode implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MAX_REQUEST_BYTES = 1 << 20;
  private static final String GZIP = "gzip";
  private static final String RETRY_AFTER_SECONDS = "1";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LogAnswers answers;
  private final Traffic traffic = new Traffic();
  private volatile NodeManners manners;

  private LogNode(SyntheticChain chain, NodeManners manners) {
    this.answers = new LogAnswers(chain);
    this.manners = manners;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public static LogNode start(SyntheticChain chain, NodeManners manners) {
    return new LogNode(chain, manners);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on. */
  public void behave(NodeManners other) {
    manners = other;
  }

  public Traffic traffic() {
    return traffic;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      NodeManners now = manners;
      long request = traffic.request();
      JsonNode asked = JSON.readTree(exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES));
      pause(now.latency());
      if (now.refusedOf() > 0 && request % now.refusedOf() == 0) {
        exchange.getResponseHeaders().add("Retry-After", RETRY_AFTER_SECONDS);
        exchange.sendResponseHeaders(TOO_MANY_REQUESTS, -1);
        return;
      }
      Pieces answer = asked.isArray() ? all(asked, now) : one(asked, now);
      if (now.compresses() && takesGzip(exchange)) {
        exchange.getResponseHeaders().add("Content-Encoding", GZIP);
        answer = answer.compressed();
      }
      send(exchange, answer);
    }
  }

  private static boolean takesGzip(HttpExchange exchange) {
    return exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()).stream()
        .flatMap(accepted -> Stream.of(accepted.split(",", -1)))
        .anyMatch(coding -> coding.strip().equalsIgnoreCase(GZIP));
  }

  private Pieces all(JsonNode calls, NodeManners now) {
    Pieces pieces = new Pieces().add("[");
    for (int i = 0; i < calls.size(); i++) {
      pieces.add(i == 0 ? "" : ",").add(one(calls.get(i), now));
    }
    return pieces.add("]");
  }

  private Pieces one(JsonNode call, NodeManners now) {
    String method = call.path("method").asString("");
    traffic.call(method);
    return new Pieces()
        .add("{\"jsonrpc\":\"2.0\",\"id\":" + call.path("id") + ",")
        .add(answers.answer(method, call.path("params"), now))
        .add("}");
  }

  private void send(HttpExchange exchange, Pieces pieces) throws IOException {
    traffic.sent(pieces.length());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(OK, pieces.length());
    try (OutputStream body = exchange.getResponseBody()) {
      pieces.writeTo(body);
    }
  }

  private static void pause(Duration time) {
    if (time.isPositive()) {
      LockSupport.parkNanos(time.toNanos());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
