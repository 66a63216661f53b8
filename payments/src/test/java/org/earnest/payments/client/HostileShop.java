package org.earnest.payments.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.SettleResponse;

/**
 * A server that does to its buyers what a test tells it to, and keeps every payment it is shown.
 */
final class HostileShop implements AutoCloseable {
  /** What a route does. */
  @FunctionalInterface
  interface Trick {
    void play(HttpExchange exchange, Optional<String> payment) throws IOException;
  }

  private final HttpServer server;
  private final List<String> payments = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  HostileShop() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  HostileShop on(String path, Trick trick) {
    server.createContext(
        path,
        exchange -> {
          Optional<String> payment =
              Optional.ofNullable(
                      exchange.getRequestHeaders().getFirst(PaymentHeaders.PAYMENT_SIGNATURE))
                  .or(
                      () ->
                          Optional.ofNullable(
                              exchange.getRequestHeaders().getFirst(PaymentHeaders.V1_PAYMENT)));
          requests.add(exchange.getRequestURI().toString());
          payment.ifPresent(payments::add);
          trick.play(exchange, payment);
        });
    return this;
  }

  /** Asks for payment, and delivers for any. */
  HostileShop selling(String path, ExactRequirements... offers) {
    return on(
        path,
        (exchange, payment) -> {
          if (payment.isEmpty()) {
            ask(exchange, required(uri(path), offers));
          } else {
            deliver(exchange, "sold");
          }
        });
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Different payments that were shown; the same one shown again is one. */
  Set<String> payments() {
    return new LinkedHashSet<>(payments);
  }

  /** How often a payment was shown. */
  int shown() {
    return payments.size();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  /** The authorizations that were shown, decoded. */
  List<ExactEvmPayload> authorizations() {
    List<ExactEvmPayload> all = new ArrayList<>();
    for (String header : payments()) {
      all.add(
          ExactEvmPayload.parse(PaymentHeaders.decode(header, PaymentPayload::parse).payload()));
    }
    return all;
  }

  static PaymentRequired required(URI resource, ExactRequirements... offers) {
    return PaymentRequired.of(
        "Payment required",
        ResourceInfo.of(resource.toString(), "a quote", "text/plain"),
        List.of(offers).stream().map(ExactRequirements::toWire).toList());
  }

  static void ask(HttpExchange exchange, PaymentRequired required) throws IOException {
    exchange
        .getResponseHeaders()
        .add(PaymentHeaders.PAYMENT_REQUIRED, PaymentHeaders.encode(required));
    answer(exchange, 402, "{}");
  }

  static void deliver(HttpExchange exchange, String body) throws IOException {
    exchange
        .getResponseHeaders()
        .add(
            PaymentHeaders.PAYMENT_RESPONSE,
            PaymentHeaders.encode(SettleResponse.settled("0x1", "0x2", Payments.CHAIN.toString())));
    answer(exchange, 200, body);
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
