package org.earnest.cli.x402;

import org.earnest.core.chain.Caip19AssetId;

/**
 * A token in which a shop takes payment.
 *
 * @param symbol for people
 * @param name of its EIP-712 domain
 * @param version of its EIP-712 domain
 */
public record SoldToken(
    Caip19AssetId asset, String symbol, String name, String version, int decimals) {}
