package org.earnest.kit.http;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Bodies are JSON and say so. A web form or a script of another site can post other types without
 * the browser asking first whether it may.
 */
final class JsonBodies {
  private static final Pattern JSON = Pattern.compile("application/([!#$&^_.+a-z0-9-]+\\+)?json");

  private JsonBodies() {}

  static void require(Context context) {
    String type = context.header("Content-Type");
    if (type == null ? hasBody(context) : !isJson(type)) {
      throw Problem.of(
              415,
              "unsupported_media_type",
              "The body is not declared as JSON",
              "Send Content-Type: application/json.")
          .asException();
    }
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return JSON.matcher(type).matches();
  }

  private static boolean hasBody(Context context) {
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }
}
