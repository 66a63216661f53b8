package org.earnest.reputation.store;

import java.math.BigInteger;
import org.earnest.reputation.fold.Role;

/** Where a page of settled records ended. One log may leave a record of each role. */
public record RecordPosition(BigInteger gross, long block, int logIndex, Role role) {}
