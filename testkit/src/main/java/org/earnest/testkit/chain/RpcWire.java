package org.earnest.testkit.chain;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers a call, with a fault between the caller and the node. */
final class RpcWire {
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;
  private static final int LIMIT_EXCEEDED = -32005;
  private static final String RETRY_AFTER_SECONDS = "1";
  private static final Duration DELAY = Duration.ofMillis(150);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final NodeConnection node;

  RpcWire(NodeConnection node) {
    this.node = node;
  }

  void misbehave(HttpExchange exchange, String body, RpcFault fault) throws IOException {
    switch (fault) {
      case DELAYED -> {
        pause();
        send(exchange, node.forward(body));
      }
      case DROPPED_BEFORE -> exchange.close();
      case DROPPED_AFTER -> {
        var unused = node.forward(body);
        exchange.close();
      }
      case DUPLICATED -> {
        var unused = node.forward(body);
        send(exchange, node.forward(body));
      }
      case SILENT -> waitForClose();
      case TOO_MANY_REQUESTS -> send(exchange, TOO_MANY_REQUESTS, "slow down", 0);
      case RETRY_AFTER -> {
        exchange.getResponseHeaders().add("Retry-After", RETRY_AFTER_SECONDS);
        send(exchange, TOO_MANY_REQUESTS, "slow down", 0);
      }
      case RATE_LIMITED -> send(exchange, limited(body));
      case BAD_GATEWAY -> send(exchange, BAD_GATEWAY, "<html>bad gateway</html>", 0);
      case TRUNCATED -> send(exchange, OK, node.forward(body), 1);
      case NULL_RESULT -> send(exchange, NodeConnection.answer(NodeConnection.read(body), null));
    }
  }

  private static String limited(String body) {
    return NodeConnection.error(NodeConnection.read(body), LIMIT_EXCEEDED, "limit exceeded");
  }

  private void pause() {
    try {
      var unused = closed.await(DELAY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitForClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void send(HttpExchange exchange, String text) throws IOException {
    send(exchange, OK, text, 0);
  }

  /** Announces the whole text, and keeps back {@code missing} bytes of it. */
  private static void send(HttpExchange exchange, int status, String text, int missing)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length - missing);
    exchange.getResponseBody().flush();
  }

  void close() {
    closed.countDown();
  }
}
