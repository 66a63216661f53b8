package org.earnest.escrow.decide;

import org.earnest.core.chain.EvmAddress;

/**
 * A token that deals may be in.
 *
 * @param name of its EIP-712 domain
 * @param version of its EIP-712 domain
 */
public record AllowedToken(EvmAddress token, String name, String version) {}
