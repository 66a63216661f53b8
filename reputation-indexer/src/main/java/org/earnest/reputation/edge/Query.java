package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.ProblemException;
import org.earnest.kit.http.Requests;

/** A request's query: parameters that its route knows, each at most once. */
final class Query {
  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 100;

  /** Characters of any parameter. */
  static final int MAX_LENGTH = 1_024;

  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");

  private final Map<String, List<String>> parameters;

  private Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads a query; 400 {@code invalid_request} where it has a parameter that the route does not
   * know, or one twice, which would otherwise be half ignored.
   */
  static Query of(Context context, String... known) {
    Map<String, List<String>> given = context.queryParamMap();
    Set<String> names = new TreeSet<>(Set.of(known));
    given.forEach(
        (name, values) -> {
          if (!names.contains(name)) {
            throw refusal(
                "a query parameter is not known here; known are: " + String.join(", ", names));
          }
          require(name, values);
        });
    return new Query(given);
  }

  private static void require(String name, List<String> values) {
    if (values.size() != 1) {
      throw refusal("query parameter " + name + ": given more than once");
    }
    if (values.getFirst().length() > MAX_LENGTH || values.getFirst().indexOf('\u0000') >= 0) {
      throw refusal(
          "query parameter "
              + name
              + ": at most "
              + MAX_LENGTH
              + " characters, none of them U+0000");
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).map(List::getFirst);
  }

  /** A parameter as a domain value; 400 {@code invalid_request} where its parser refuses it. */
  <T> Optional<T> optional(String name, Function<String, T> parser) {
    return text(name)
        .map(text -> Requests.parse("query parameter " + name, () -> parser.apply(text)));
  }

  /** The size of a page. */
  int limit() {
    return optional("limit", Query::limit).orElse(DEFAULT_LIMIT);
  }

  static ProblemException refusal(String detail) {
    return Problem.invalidRequest(detail).asException();
  }

  private static int limit(String text) {
    int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a number from 1 to " + MAX_LIMIT + " expected");
    }
    return limit;
  }
}
