package org.earnest.cli.x402;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;

/**
 * A server that knows of no price, and says what it was asked.
 *
 * @param seen headers of each request
 */
record Behind(Queue<Headers> seen) {
  HttpServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    seen.add(exchange.getRequestHeaders());
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().toString();
    exchange.getResponseHeaders().add("Content-Type", "text/plain");
    exchange.getResponseHeaders().add("PAYMENT-RESPONSE", "forged");
    int status = path.startsWith("/moved") ? 302 : path.startsWith("/broken") ? 500 : 200;
    byte[] said =
        (exchange.getRequestMethod() + " " + path + " " + new String(body, StandardCharsets.UTF_8))
            .strip()
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }
}
