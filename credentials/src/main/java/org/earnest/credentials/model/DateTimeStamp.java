package org.earnest.credentials.model;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code xsd:dateTimeStamp}: a date and time with its offset from UTC. */
public final class DateTimeStamp {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)");

  private DateTimeStamp() {}

  /** The instant, or empty where the text is not one. */
  public static Optional<Instant> parse(String text) {
    if (!SYNTAX.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException noSuchTime) {
      return Optional.empty();
    }
  }
}
