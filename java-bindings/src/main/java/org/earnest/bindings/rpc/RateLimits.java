package org.earnest.bindings.rpc;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How nodes say that they are asked too often, and for how long they want to be left alone. */
final class RateLimits {
  /** Where the node names no time. */
  static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

  /** A node that asks for more is asked again after this. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Codes that mean nothing else, at whatever node. */
  private static final Set<Integer> CODES = Set.of(429, -32029, -32021, -32022);

  /** EIP-1474's code, which some give to an answer that would be too large. */
  private static final int LIMIT_EXCEEDED = -32005;

  private static final Pattern TOO_MUCH =
      Pattern.compile(
          "\\b(results?|range|blocks?|response size|logs|time-?out|timed out|took too long)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TOO_OFTEN =
      Pattern.compile(
          "rate.?limit|too many requests|request limit|requests? (per|/) ?(second|minute|day)"
              + "|compute units? (per second|limit|quota)|daily request count",
          Pattern.CASE_INSENSITIVE);

  private RateLimits() {}

  /** Whether an error reply is a limit of the rate, and not an answer to what was asked. */
  static boolean isOne(RpcReply.Failure failure) {
    // A contract may give any reason in any words.
    if (Reverts.of(failure).isPresent()) {
      return false;
    }
    if (CODES.contains(failure.code()) || TOO_OFTEN.matcher(failure.message()).find()) {
      return true;
    }
    return failure.code() == LIMIT_EXCEEDED && !TOO_MUCH.matcher(failure.message()).find();
  }

  /** Reads Retry-After (RFC 9110 §10.2.3): seconds or a date. */
  static Duration pause(Optional<String> retryAfter, Instant now) {
    return retryAfter
        .map(String::strip)
        .flatMap(text -> seconds(text).or(() -> until(text, now)))
        .map(asked -> asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked)
        .orElse(DEFAULT_PAUSE);
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<Duration> until(String text, Instant now) {
    try {
      Instant end = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
