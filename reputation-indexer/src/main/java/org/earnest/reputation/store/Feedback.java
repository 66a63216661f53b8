package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.OptionalLong;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;

/**
 * One ERC-8004 feedback entry.
 *
 * @param time of the log's block, in seconds since 1970; empty until anybody told it
 * @param index counts the client's entries on this agent from 1
 * @param value times {@code 10^valueDecimals}
 */
public record Feedback(
    LogRef log,
    OptionalLong time,
    BigInteger agentId,
    EvmAddress client,
    long index,
    BigInteger value,
    int valueDecimals,
    String tag1,
    String tag2,
    String endpoint,
    String uri,
    Hash32 hash,
    boolean revoked,
    long responses) {}
