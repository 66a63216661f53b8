package org.earnest.reputation.store;

import java.util.OptionalLong;
import org.earnest.core.chain.LogRef;
import org.earnest.reputation.fold.Contribution;

/**
 * One record that a summary adds up, and the log it was read from.
 *
 * @param time of the log's block, in seconds since 1970; empty until anybody told it
 */
public record Evidence(LogRef log, OptionalLong time, Contribution record) {}
