package org.earnest.testkit.chain;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON-RPC server on 127.0.0.1 that misbehaves as told, call by call. */
public final class FaultyRpcServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;

  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+|\"[^\"]*\")");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final UnaryOperator<String> node;
  private final Map<String, Deque<RpcFault>> faults = new HashMap<>();
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private volatile Optional<RpcFault> outage = Optional.empty();

  private FaultyRpcServer(UnaryOperator<String> node) {
    this.node = node;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Answers by itself.
   *
   * @param node from a request's body to the answer's
   */
  public static FaultyRpcServer stub(UnaryOperator<String> node) {
    return new FaultyRpcServer(node);
  }

  /** Stands before a real node. */
  public static FaultyRpcServer proxy(URI node) {
    HttpClient http = HttpClient.newHttpClient();
    return new FaultyRpcServer(body -> forward(http, node, body));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next calls of this method fail so, one each. */
  public void failNext(String method, RpcFault... next) {
    synchronized (faults) {
      for (RpcFault fault : next) {
        faults.computeIfAbsent(method, m -> new ArrayDeque<>()).add(fault);
      }
    }
  }

  /** Every call fails so, until {@link #recover}. */
  public void failAll(RpcFault fault) {
    outage = Optional.of(fault);
  }

  public void recover() {
    outage = Optional.empty();
  }

  /** Faults that no call has met yet; in a shared server they would strike the next test. */
  public int faultsLeft() {
    synchronized (faults) {
      return faults.values().stream().mapToInt(Deque::size).sum();
    }
  }

  /** How often a method was called, whatever became of it. */
  public long calls(String method) {
    return calls.stream().filter(body -> names(body, method)).count();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(body);
      RpcFault fault = next(body);
      if (fault == null) {
        send(exchange, OK, node.apply(body), 0);
        return;
      }
      misbehave(exchange, body, fault);
    }
  }

  private void misbehave(HttpExchange exchange, String body, RpcFault fault) throws IOException {
    switch (fault) {
      case DROPPED_BEFORE -> exchange.close();
      case DROPPED_AFTER -> {
        var unused = node.apply(body);
        exchange.close();
      }
      case SILENT -> waitForClose();
      case TOO_MANY_REQUESTS -> send(exchange, TOO_MANY_REQUESTS, "slow down", 0);
      case BAD_GATEWAY -> send(exchange, BAD_GATEWAY, "<html>bad gateway</html>", 0);
      case TRUNCATED -> send(exchange, OK, node.apply(body), 1);
      case NULL_RESULT -> send(exchange, OK, nullResult(body), 0);
    }
  }

  private static String nullResult(String body) {
    Matcher id = ID.matcher(body);
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + (id.find() ? id.group(1) : "null")
        + ",\"result\":null}";
  }

  private void waitForClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Announces the whole text, and keeps back {@code missing} bytes of it. */
  private static void send(HttpExchange exchange, int status, String text, int missing)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length - missing);
    exchange.getResponseBody().flush();
  }

  private @Nullable RpcFault next(String body) {
    if (outage.isPresent()) {
      return outage.get();
    }
    synchronized (faults) {
      for (Map.Entry<String, Deque<RpcFault>> entry : faults.entrySet()) {
        if (names(body, entry.getKey())) {
          return entry.getValue().poll();
        }
      }
      return null;
    }
  }

  private static boolean names(String body, String method) {
    return body.contains('"' + method + '"');
  }

  private static String forward(HttpClient http, URI node, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
