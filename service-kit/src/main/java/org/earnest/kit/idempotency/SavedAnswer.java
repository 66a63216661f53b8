package org.earnest.kit.idempotency;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What a request was answered with. */
final class SavedAnswer {
  private static final int ACCEPTED = 202;
  static final String REPLAYED_HEADER = "Idempotency-Replayed";

  private final int status;
  private final Optional<String> contentType;
  private final Optional<String> location;
  private final byte[] body;

  SavedAnswer(int status, Optional<String> contentType, Optional<String> location, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.location = location;
    this.body = body.clone();
  }

  /** Takes the answer that a handler prepared; it can still be sent. */
  static SavedAnswer of(Context context) throws IOException {
    byte[] body = new byte[0];
    InputStream result = context.resultInputStream();
    if (result != null) {
      body = result.readAllBytes();
      context.result(body);
    }
    return new SavedAnswer(
        context.statusCode(),
        Optional.ofNullable(context.res().getContentType()),
        Optional.ofNullable(context.res().getHeader("Location")),
        body);
  }

  void replay(Context context) {
    contentType.ifPresent(context::contentType);
    location.ifPresent(value -> context.header("Location", value));
    context.header(REPLAYED_HEADER, "true").status(status).result(body);
  }

  /** Whether it is final: 202 says that the outcome is yet to be asked for. */
  boolean succeeded() {
    return status >= 200 && status < 300 && status != ACCEPTED;
  }

  int status() {
    return status;
  }

  Optional<String> contentType() {
    return contentType;
  }

  Optional<String> location() {
    return location;
  }

  byte[] body() {
    return body.clone();
  }
}
