package org.earnest.kit.http;

import io.javalin.http.Context;
import java.util.function.Supplier;
import org.earnest.kit.json.JsonRefusedException;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;

/** Parses what a request brings, or ends it with a 400 problem. */
public final class Requests {
  private Requests() {}

  /** The body as a record; 400 {@code malformed_json} where it is not. */
  public static <T> T body(Context context, Class<T> type) {
    try {
      return StrictJson.read(context.bodyAsBytes(), type);
    } catch (JsonRefusedException refused) {
      throw malformed(refused.getMessage());
    }
  }

  /** The body as a tree; 400 {@code malformed_json} where it is not. */
  public static JsonNode body(Context context) {
    return body(context, JsonNode.class);
  }

  /**
   * A part of the request as a domain value; 400 {@code invalid_request} where its constructor
   * refuses it.
   *
   * @param part how the sender knows it, such as {@code path parameter did}
   */
  public static <T> T parse(String part, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException refused) {
      throw Problem.invalidRequest(part + ": " + refused.getMessage()).asException();
    }
  }

  private static ProblemException malformed(@org.jspecify.annotations.Nullable String why) {
    return Problem.of(400, "malformed_json", "The body is not the expected JSON", why + "")
        .asException();
  }
}
