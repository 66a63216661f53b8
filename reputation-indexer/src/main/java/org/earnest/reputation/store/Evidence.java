package org.earnest.reputation.store;

import org.earnest.core.chain.LogRef;
import org.earnest.reputation.fold.Contribution;

/** One record that a summary adds up, and the log it was read from. */
public record Evidence(LogRef log, Contribution record) {}
