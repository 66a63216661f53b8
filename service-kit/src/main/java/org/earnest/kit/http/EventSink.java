package org.earnest.kit.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.earnest.kit.json.StrictJson;

/** Server-sent events (the HTML standard's {@code text/event-stream}) to one listener. */
public final class EventSink {
  public static final String CONTENT_TYPE = "text/event-stream";

  /** How long a listener may take to make room for one event; what it takes longer is told. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Pattern WORD = Pattern.compile("[!-~]{1,256}");

  private final HttpServletResponse response;
  private final Duration patience;

  private EventSink(HttpServletResponse response, Duration patience) {
    this.response = response;
    this.patience = patience;
  }

  static EventSink to(Context context, Duration patience) {
    return new EventSink(context.res(), patience);
  }

  /**
   * Sends an event, waiting for as long as the listener has no room for it.
   *
   * @param type what {@code EventSource} dispatches it as
   * @param id where the listener goes on after a break
   * @param data written as JSON, which has no line break
   * @throws IOException when the listener is gone, or was too slow and has been told so
   */
  public void send(String type, String id, Object data) throws IOException {
    String event =
        "event: %s\nid: %s\ndata: %s\n\n"
            .formatted(
                word(type), word(id), new String(StrictJson.write(data), StandardCharsets.UTF_8));
    long begun = System.nanoTime();
    write(event);
    if (System.nanoTime() - begun > patience.toNanos()) {
      write(
          "event: slow\ndata: {\"detail\":\"You took longer than %d s for an event. Connect again with Last-Event-ID: nothing is lost.\"}\n\n"
              .formatted(patience.toSeconds()));
      throw new IOException("the listener is too slow");
    }
  }

  /** Sends what keeps a quiet connection open and no program sees. */
  public void comment() throws IOException {
    write(":\n\n");
  }

  private void write(String text) throws IOException {
    if (!response.isCommitted()) {
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType(CONTENT_TYPE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      // Proxies that gather answers would keep events to themselves.
      response.setHeader("X-Accel-Buffering", "no");
    }
    OutputStream out = response.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String word(String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException("an event's type and id are printable ASCII");
    }
    return text;
  }
}
