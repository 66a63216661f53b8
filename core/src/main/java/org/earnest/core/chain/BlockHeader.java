package org.earnest.core.chain;

import java.math.BigInteger;

/**
 * What is used of a block's header.
 *
 * @param timestamp seconds since 1970
 * @param baseFee wei per gas (EIP-1559); zero before London
 */
public record BlockHeader(BlockRef ref, Hash32 parentHash, long timestamp, BigInteger baseFee) {}
