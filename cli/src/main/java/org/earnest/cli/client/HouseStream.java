package org.earnest.cli.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Listens to server-sent events of one host, as long as the connection holds. What was not taken
 * yet keeps the house from sending more, beyond {@link #MOST_WAITING} events.
 */
public final class HouseStream implements AutoCloseable {
  static final int MOST_WAITING = 1_000;

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  /** A house says something every 15 seconds. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private static final Duration OFFER = Duration.ofMillis(100);
  private static final long MOST_OF_A_PROBLEM = 64 * 1024;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .connectTimeout(CONNECT_PATIENCE)
          .readTimeout(LONGEST_SILENCE)
          .build();
  private final BlockingQueue<Told> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final EventSource source;
  private volatile boolean closed;

  /**
   * Begins to listen.
   *
   * @param after the id of the last event that came before; without one it begins at the head
   */
  public HouseStream(URI host, String path, Optional<String> after) {
    Request.Builder request = new Request.Builder().url(host.resolve(path).toString());
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    this.source = EventSources.createFactory(http).newEventSource(request.build(), new Listener());
  }

  /** What comes next, empty where nothing came for so long. */
  public Optional<Told> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    closed = true;
    source.cancel();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private void put(Told told) {
    try {
      while (!closed && !waiting.offer(told, OFFER.toMillis(), TimeUnit.MILLISECONDS)) {
        // Whoever takes them is busy.
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  private final class Listener extends EventSourceListener {
    @Override
    public void onEvent(EventSource from, @Nullable String id, @Nullable String type, String data) {
      put(
          new Told.Event(
              Optional.ofNullable(type).orElse(""),
              Optional.ofNullable(id).orElse(""),
              parse(data)));
    }

    @Override
    public void onClosed(EventSource from) {
      put(new Told.Away());
    }

    @Override
    public void onFailure(
        EventSource from, @Nullable Throwable failure, @Nullable Response response) {
      put(response == null ? new Told.Away() : refused(response));
    }

    private Told refused(Response response) {
      try {
        String body = response.peekBody(MOST_OF_A_PROBLEM).string();
        return new Told.Refused(response.code(), parse(body));
      } catch (IOException | IllegalStateException brokenOff) {
        return new Told.Away();
      }
    }
  }
}
