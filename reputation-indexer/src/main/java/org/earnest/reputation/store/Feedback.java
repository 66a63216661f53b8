package org.earnest.reputation.store;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;

/**
 * One ERC-8004 feedback entry.
 *
 * @param index counts the client's entries on this agent from 1
 * @param value times {@code 10^valueDecimals}
 */
public record Feedback(
    LogRef log,
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
