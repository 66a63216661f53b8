package org.earnest.cli.x402;

import java.util.Optional;
import org.earnest.core.chain.EvmSigner;

/**
 * How a shop sells out of channels.
 *
 * @param authorizer signs claims and refunds, and holds no money
 * @param claimAt whole tokens that a channel owes when it is claimed unasked; a thousand calls
 *     where it is empty
 */
public record ChannelSales(EvmSigner authorizer, Optional<String> claimAt) {}
