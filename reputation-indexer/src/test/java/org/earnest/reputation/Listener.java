package org.earnest.reputation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;

/** Reads a stream of events as a browser's {@code EventSource} does. */
final class Listener implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  record Event(String type, String id, JsonNode data) {
    /** All but how final it was by then. */
    String what() {
      return type + " " + id + " " + data.path("agentId") + data.path("detail");
    }

    String text(String pointer) {
      return data.at(pointer).stringValue();
    }
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final InputStream body;
  private final Thread thread;

  private Listener(InputStream body) {
    this.body = body;
    this.thread = Thread.ofVirtual().start(this::read);
  }

  static Listener to(Host host, String path, String lastEventId) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host.uri() + path));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new AssertionError("no stream: " + response.statusCode());
    }
    return new Listener(response.body());
  }

  Event next() throws InterruptedException {
    Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing was told");
    }
    return event;
  }

  /** All events up to one of this type, which is the last. */
  List<Event> until(String type) throws InterruptedException {
    List<Event> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!all.getLast().type().equals(type));
    return all;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String type = "";
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          type = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          byte[] data = line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8);
          events.add(new Event(type, id, StrictJson.readTree(data)));
        }
      }
    } catch (IOException closed) {
      events.add(
          new Event("closed", "", StrictJson.readTree("{}".getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
    thread.interrupt();
  }
}
