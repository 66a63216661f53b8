package org.earnest.reputation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Somebody's web site, with whatever pages a test puts there. */
final class FileSite implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  private record Page(int status, String body, String location) {}

  FileSite() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where a page is, or would be. */
  String at(String path) {
    return origin() + path;
  }

  String put(String path, String body) {
    return put(path, 200, body);
  }

  String put(String path, int status, String body) {
    pages.put(path, new Page(status, body, ""));
    return at(path);
  }

  String redirect(String path, String location) {
    pages.put(path, new Page(302, "", location));
    return at(path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Page page = pages.getOrDefault(exchange.getRequestURI().getPath(), new Page(404, "", ""));
    if (!page.location().isEmpty()) {
      exchange.getResponseHeaders().add("Location", page.location());
    }
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
