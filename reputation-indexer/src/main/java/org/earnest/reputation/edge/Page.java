package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.regex.Pattern;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.jspecify.annotations.Nullable;

/** The size of a page that a request asks for. */
final class Page {
  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 100;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private Page() {}

  static int limit(Context context) {
    @Nullable String asked = context.queryParam("limit");
    if (asked == null) {
      return DEFAULT_LIMIT;
    }
    int limit = Requests.parse("query parameter limit", () -> number(asked));
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Problem.invalidRequest("query parameter limit: 1 to " + MAX_LIMIT).asException();
    }
    return limit;
  }

  private static int number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("a number from 1 to " + MAX_LIMIT + " expected");
    }
    return Integer.parseInt(text);
  }
}
