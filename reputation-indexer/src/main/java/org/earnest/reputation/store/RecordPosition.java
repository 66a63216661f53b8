package org.earnest.reputation.store;

import org.earnest.reputation.fold.Role;

/** Where a page of settled records ended. One log may leave a record of each role. */
public record RecordPosition(long block, int logIndex, Role role) {
  public static final RecordPosition START = new RecordPosition(Long.MAX_VALUE, 0, Role.PAYEE);
}
