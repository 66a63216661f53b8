package org.earnest.kit.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request belongs (W3C Trace Context): the caller's trace where it sent a valid {@code
 * traceparent}, a new one otherwise.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 of them, this request's own
 */
public record Trace(String traceId, String spanId) {
  static final String REQUEST_HEADER = "traceparent";
  static final String RESPONSE_HEADER = "traceresponse";
  static final String LOG_KEY = "traceId";

  private static final String ATTRIBUTE = Trace.class.getName();
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /** The trace of a request that is being handled. */
  public static Trace of(Context context) {
    Trace known = context.attribute(ATTRIBUTE);
    return known == null ? begin(context) : known;
  }

  static Trace begin(Context context) {
    Trace trace = parse(context.header(REQUEST_HEADER));
    context.attribute(ATTRIBUTE, trace);
    context.header(RESPONSE_HEADER, "00-" + trace.traceId + "-" + trace.spanId + "-00");
    return trace;
  }

  /** The trace id that an answer carries already. */
  static String answered(HttpServletResponse response) {
    return parse(response.getHeader(RESPONSE_HEADER)).traceId();
  }

  static Trace parse(@Nullable String traceparent) {
    if (traceparent != null) {
      Matcher matcher = TRACEPARENT.matcher(traceparent);
      if (matcher.matches()) {
        return new Trace(matcher.group(1), random(SPAN_BYTES));
      }
    }
    return create();
  }

  static Trace create() {
    return new Trace(random(TRACE_BYTES), random(SPAN_BYTES));
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    // Nobody is kept out by it, so that it need not be hard to guess.
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
