package org.earnest.reputation.graph;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What programs switch over: the member {@code code} of an error's extensions. */
public final class Codes {
  static final String CODE = "code";

  private Codes() {}

  static GraphQLError error(String code, String message) {
    return GraphqlErrorBuilder.newError()
        .message("%s", message)
        .extensions(Map.of(CODE, code))
        .build();
  }

  static GraphQLError error(Refusal refusal) {
    return error(refusal.code(), String.valueOf(refusal.getMessage()));
  }

  /** An answer that is nothing but an error. */
  public static Map<String, Object> refusal(String code, String message, boolean retryable) {
    return Map.of(
        "errors",
        List.of(
            Map.of("message", message, "extensions", Map.of(CODE, code, "retryable", retryable))));
  }

  /** The same with a code in each error. */
  static Map<String, Object> coded(ExecutionResult result) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (result.isDataPresent()) {
      answer.put("data", result.getData());
    }
    if (!result.getErrors().isEmpty()) {
      answer.put(
          "errors",
          result.getErrors().stream().limit(Bounds.MAX_ERRORS).map(Codes::coded).toList());
    }
    return answer;
  }

  private static Map<String, Object> coded(GraphQLError error) {
    Map<String, Object> written = new HashMap<>(error.toSpecification());
    Map<String, @Nullable Object> extensions = new HashMap<>();
    if (error.getExtensions() != null) {
      extensions.putAll(error.getExtensions());
    }
    extensions.remove("classification");
    extensions.putIfAbsent(CODE, code(error));
    written.put("extensions", extensions);
    return written;
  }

  private static String code(GraphQLError error) {
    if (error.getErrorType() instanceof ErrorType type) {
      return switch (type) {
        case InvalidSyntax -> "query_malformed";
        case ValidationError, OperationNotSupported -> "query_invalid";
        case ExecutionAborted -> "query_too_complex";
        case NullValueInNonNullableField -> "value_missing";
        case DataFetchingException -> "internal_error";
      };
    }
    return "query_invalid";
  }
}
