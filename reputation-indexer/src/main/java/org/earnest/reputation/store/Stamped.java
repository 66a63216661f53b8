package org.earnest.reputation.store;

import org.earnest.core.chain.BlockRef;

/** What was read, and the block up to which it is the whole truth. */
public record Stamped<T>(BlockRef at, T value) {}
