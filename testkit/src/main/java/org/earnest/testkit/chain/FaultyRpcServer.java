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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A JSON-RPC server on 127.0.0.1 that misbehaves as told, call by call. */
public final class FaultyRpcServer implements AutoCloseable {
  /** For the node behind it, at the end as well. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final NodeConnection node;
  private final MisleadingNode misleading;
  private final RpcWire wire;
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private volatile Optional<Fault> outage = Optional.empty();
  private volatile Optional<FaultScript> script = Optional.empty();

  private FaultyRpcServer(UnaryOperator<String> node) {
    this.node = new NodeConnection(node);
    this.misleading = new MisleadingNode(this.node);
    this.wire = new RpcWire(this.node);
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
  public void failNext(String method, Fault... next) {
    synchronized (faults) {
      for (Fault fault : next) {
        faults.computeIfAbsent(method, m -> new ArrayDeque<>()).add(fault);
      }
    }
  }

  /** Every call fails so, until {@link #recover}. */
  public void failAll(Fault fault) {
    outage = Optional.of(fault);
  }

  /**
   * Calls fail as the script has it, until {@link #recover}; a node must be behind this. What is on
   * its chain now stays there.
   */
  public void follow(FaultScript faults) {
    misleading.keepWhatIsThere();
    script = Optional.of(faults);
  }

  public void recover() {
    outage = Optional.empty();
    script = Optional.empty();
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
    wire.close();
    server.stop(0);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(body);
      switch (next(body)) {
        case RpcFault fault -> wire.misbehave(exchange, body, fault);
        case NodeFault fault -> RpcWire.send(exchange, misleading.answer(body, fault));
        case null -> RpcWire.send(exchange, node.forward(body));
      }
    }
  }

  private @Nullable Fault next(String body) {
    if (outage.isPresent()) {
      return outage.get();
    }
    if (script.isPresent()) {
      return script.get().next(NodeConnection.read(body).method()).orElse(null);
    }
    synchronized (faults) {
      for (Map.Entry<String, Deque<Fault>> entry : faults.entrySet()) {
        if (names(body, entry.getKey()) && !entry.getValue().isEmpty()) {
          return entry.getValue().remove();
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
            .timeout(PATIENCE)
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
