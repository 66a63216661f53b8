package org.earnest.core.chain;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A transaction as it was signed.
 *
 * @param to empty where it makes a contract
 * @param value wei that it brings along; what a contract sends on in its course is not told
 */
public record SentTransaction(
    Hash32 hash, EvmAddress from, Optional<EvmAddress> to, BigInteger value) {}
