package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.OptionalLong;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;

/**
 * What an ERC-8004 feedback entry adds to an average, and where it comes from.
 *
 * @param time of the log's block, in seconds since 1970; empty until anybody told it
 * @param index counts the client's entries on the agent from 1
 * @param value times {@code 10^valueDecimals}
 */
public record FeedbackSource(
    LogRef log,
    OptionalLong time,
    EvmAddress client,
    long index,
    BigInteger value,
    int valueDecimals,
    boolean revoked) {}
