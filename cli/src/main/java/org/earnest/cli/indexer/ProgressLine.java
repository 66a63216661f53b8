package org.earnest.cli.indexer;

import java.time.Duration;
import java.util.Locale;
import org.earnest.kit.follow.FollowFigures;

/** How far an index is, in a line. */
final class ProgressLine {
  private static final int BAR = 20;
  private static final double ALL = 100;

  private ProgressLine() {}

  /** With a bar, for a terminal. */
  static String drawn(FollowFigures figures) {
    int full = (int) (figures.percent().orElse(0.0) / ALL * BAR);
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + plain(figures);
  }

  /** Without, for a log. */
  static String plain(FollowFigures figures) {
    String line =
        "block %s of %s (%s), %s"
            .formatted(
                number(figures.block().orElse(0L)),
                figures.head().map(ProgressLine::number).orElse("?"),
                figures.percent().map(ProgressLine::percent).orElse("? %"),
                events(figures));
    return line + figures.fault().map("; "::concat).orElseGet(() -> left(figures));
  }

  private static String events(FollowFigures figures) {
    return "%s events, %s/s"
        .formatted(number(figures.events()), number(Math.round(figures.eventsPerSecond())));
  }

  private static String left(FollowFigures figures) {
    if (figures.atHead()) {
      return ", at the head";
    }
    return figures
        .etaSeconds()
        .map(seconds -> ", " + duration(Duration.ofSeconds(seconds)) + " left")
        .orElse("");
  }

  private static String duration(Duration left) {
    if (left.toHours() > 0) {
      return left.toHours() + " h " + left.toMinutesPart() + " min";
    }
    return left.toMinutes() > 0
        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
        : left.toSeconds() + " s";
  }

  private static String percent(double of) {
    return String.format(Locale.ROOT, "%.1f %%", of);
  }

  private static String number(long of) {
    return String.format(Locale.ROOT, "%,d", of);
  }
}
