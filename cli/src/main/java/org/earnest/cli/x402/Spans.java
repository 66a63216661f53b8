package org.earnest.cli.x402;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.kit.process.StartupException;

/** Lengths of time as people write them: {@code 90m}, {@code 36h}, {@code 7d}. */
public final class Spans {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smhd])");

  private Spans() {}

  /**
   * Reads one.
   *
   * @throws StartupException {@code duration_invalid}
   */
  public static Duration parse(String option, String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new StartupException(
          "duration_invalid", option + " is no length of time", "Write it as 90m, 36h or 7d");
    }
    long count = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** The same in the largest unit that leaves no rest. */
  static String text(Duration span) {
    if (span.toSeconds() % Duration.ofDays(1).toSeconds() == 0) {
      return span.toDays() + "d";
    }
    if (span.toSeconds() % Duration.ofHours(1).toSeconds() == 0) {
      return span.toHours() + "h";
    }
    return span.toSeconds() % Duration.ofMinutes(1).toSeconds() == 0
        ? span.toMinutes() + "m"
        : span.toSeconds() + "s";
  }
}
