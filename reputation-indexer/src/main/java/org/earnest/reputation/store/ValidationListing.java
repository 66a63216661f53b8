package org.earnest.reputation.store;

import java.util.List;
import java.util.Optional;

/**
 * A page of what an agent asked validators.
 *
 * @param next where to go on; empty at the end. A page may be short, or empty, and not the last:
 *     then those that were looked at for it hardly fitted
 */
public record ValidationListing(List<Validation> entries, Optional<LogPosition> next) {
  public ValidationListing {
    entries = List.copyOf(entries);
  }
}
