package org.earnest.reputation.store;

import java.util.Optional;

/**
 * A page of an agent's settled records.
 *
 * @param order by value only where the filter names a token, as amounts of two do not compare
 * @param after the last record of the page before
 * @param limit records at most
 */
public record RecordListing(
    RecordFilter filter, EntryOrder order, Optional<RecordPosition> after, int limit) {
  public RecordListing {
    if (order.byValue() && filter.token().isEmpty()) {
      throw new IllegalArgumentException("records are arranged by value within one token");
    }
  }
}
