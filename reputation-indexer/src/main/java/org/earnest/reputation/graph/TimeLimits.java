package org.earnest.reputation.graph;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param turn in line until a query begins
 * @param query a whole query
 * @param read one statement of it, or what the node is asked for it
 */
public record TimeLimits(Duration turn, Duration query, Duration read) {
  public static final TimeLimits USUAL =
      new TimeLimits(Bounds.MAX_TURN, Bounds.MAX_TIME, Bounds.MAX_STATEMENT);
}
