package org.earnest.kit.submission;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.jspecify.annotations.Nullable;

/**
 * Which submissions are listed, the last changed first.
 *
 * @param states none gives an empty list
 * @param signer who signed it, or claimed it while nothing is signed
 * @param after where an earlier page ended
 * @param limit of the page
 */
record SubmissionFilter(
    Set<StateName> states, Optional<EvmAddress> signer, Optional<Position> after, int limit) {
  static final int MAX_LIMIT = 200;
  static final int DEFAULT_LIMIT = 50;

  SubmissionFilter {
    states = Set.copyOf(states);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT);
    }
  }

  /** As a request's query has it; 400 where it is wrong. */
  static SubmissionFilter of(Context context) {
    Set<StateName> states = states(context.queryParams("state"));
    open(context.queryParam("open"))
        .ifPresent(open -> states.removeIf(state -> state.open() != open));
    return new SubmissionFilter(
        states,
        Optional.ofNullable(context.queryParam("signer"))
            .map(text -> Requests.parse("query parameter signer", () -> new EvmAddress(text))),
        Optional.ofNullable(context.queryParam("cursor")).map(SubmissionFilter::position),
        limit(context.queryParam("limit")));
  }

  private static Set<StateName> states(List<String> names) {
    if (names.isEmpty()) {
      return EnumSet.allOf(StateName.class);
    }
    Set<StateName> states = EnumSet.noneOf(StateName.class);
    names.forEach(name -> states.add(Requests.parse("query parameter state", () -> state(name))));
    return states;
  }

  private static StateName state(String name) {
    return Arrays.stream(StateName.values())
        .filter(state -> state.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of "
                        + String.join(
                            ", ",
                            Arrays.stream(StateName.values()).map(StateName::text).toList())));
  }

  private static Optional<Boolean> open(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw Problem.invalidRequest("query parameter open: true or false").asException();
    };
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MAX_LIMIT) {
      throw Problem.invalidRequest("query parameter limit: 1 to " + MAX_LIMIT).asException();
    }
    return Integer.parseInt(text);
  }

  private static Position position(String cursor) {
    return Position.parse(cursor)
        .orElseThrow(
            () ->
                Problem.of(
                        400,
                        "invalid_cursor",
                        "The cursor is not valid",
                        "Give the member `next` of the page before as it came.")
                    .asException());
  }

  /** A row's place in the list. */
  record Position(Instant changedAt, Hash32 id) {
    private static final Pattern FORM =
        Pattern.compile("([0-9]{1,11})-([0-9]{1,9})-(0x[0-9a-f]{64})");

    static Optional<Position> parse(String cursor) {
      Matcher parts = FORM.matcher(cursor);
      return parts.matches()
          ? Optional.of(
              new Position(
                  Instant.ofEpochSecond(
                      Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))),
                  new Hash32(parts.group(3))))
          : Optional.empty();
    }

    String cursor() {
      return changedAt.getEpochSecond() + "-" + changedAt.getNano() + "-" + id.hex();
    }
  }
}
