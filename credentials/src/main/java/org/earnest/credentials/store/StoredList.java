package org.earnest.credentials.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A list and what of it is served.
 *
 * @param version one more with each change
 * @param published empty before it is asked for the first time
 */
public record StoredList(
    UUID id, StatusSeries series, int entries, long version, Optional<Published> published) {
  /**
   * A signed list.
   *
   * @param version that it shows
   */
  public record Published(long version, String document, Instant signedAt, boolean anchored) {}
}
