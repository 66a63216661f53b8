package org.earnest.bindings.rpc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One WebSocket that tells of heads. Messages are taken one by one, so that a node which says much
 * waits, and whatever is not understood breaks it.
 */
final class HeadSocket implements AutoCloseable {
  /** A header is some 2 KB, some chains' 20. */
  static final int MAX_MESSAGE_CHARS = 256 * 1024;

  private static final int SUBSCRIBE_ID = 1;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http;
  private final Incoming incoming;
  private final WebSocket socket;
  private String subscription = "";

  private HeadSocket(HttpClient http, Incoming incoming, WebSocket socket) {
    this.http = http;
    this.incoming = incoming;
    this.socket = socket;
  }

  static HeadSocket open(URI url, Duration patience) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(patience).build();
    Incoming incoming = new Incoming();
    try {
      CompletableFuture<WebSocket> opening =
          http.newWebSocketBuilder().connectTimeout(patience).buildAsync(url, incoming);
      return new HeadSocket(http, incoming, within(patience, opening));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      http.shutdownNow();
      throw failed;
    }
  }

  void subscribe(Duration patience) throws IOException, InterruptedException {
    within(
        patience,
        socket.sendText(
            JSON.writeValueAsString(
                Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    SUBSCRIBE_ID,
                    "method",
                    "eth_subscribe",
                    "params",
                    List.of("newHeads"))),
            true));
    JsonNode answer = next(patience);
    if (answer.path("id").asInt(0) != SUBSCRIBE_ID || !answer.path("result").isString()) {
      throw new IOException("it takes no subscription to new heads");
    }
    subscription = answer.path("result").stringValue();
  }

  void awaitHead(Duration patience) throws IOException, InterruptedException {
    JsonNode told = next(patience).path("params");
    if (!told.path("subscription").asString("").equals(subscription)
        || !told.path("result").isObject()) {
      throw new IOException("it tells something else than heads");
    }
  }

  private JsonNode next(Duration patience) throws IOException, InterruptedException {
    socket.request(1);
    @Nullable Message message = incoming.messages.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    return switch (message) {
      case null -> throw new IOException("it was silent for " + patience.toSeconds() + " s");
      case Message.Broken broken -> throw new IOException(broken.why());
      case Message.Text text -> json(text.text());
    };
  }

  private static JsonNode json(String text) throws IOException {
    try {
      return JSON.readTree(text);
    } catch (JacksonException malformed) {
      throw new IOException("it sends no JSON", malformed);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private static <T> T within(Duration patience, CompletableFuture<T> future)
      throws IOException, InterruptedException {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      throw new IOException("no answer within " + patience.toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      throw new IOException("it cannot be reached", failed.getCause());
    }
  }

  private sealed interface Message {
    record Text(String text) implements Message {}

    record Broken(String why) implements Message {}
  }

  /** Puts messages together of their parts. */
  private static final class Incoming implements WebSocket.Listener {
    final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    /** Nothing is asked for before somebody takes it. */
    @Override
    public void onOpen(WebSocket socket) {}

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      if (text.length() + part.length() > MAX_MESSAGE_CHARS) {
        messages.add(
            new Message.Broken("a message has more than " + MAX_MESSAGE_CHARS + " characters"));
        socket.abort();
        return null;
      }
      text.append(part);
      if (last) {
        messages.add(new Message.Text(text.toString()));
        text.setLength(0);
      } else {
        socket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      messages.add(new Message.Broken("it sends bytes"));
      socket.abort();
      return null;
    }

    /** A ping took what was asked for; the answer goes out by itself. */
    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      messages.add(new Message.Broken("it was closed (" + status + ")"));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      messages.add(new Message.Broken("it broke: " + error.getClass().getSimpleName()));
    }
  }
}
