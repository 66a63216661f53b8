package org.earnest.core.submission;

import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/**
 * The right to give out one account's nonces on one chain. One process holds it at a time; what is
 * done with it is refused once it has passed to another, however long the holder slept.
 *
 * @param token grows whenever the lease changes hands
 */
public record SignerLease(Caip2ChainId chain, EvmAddress signer, long token) {}
