package org.earnest.reputation.fold;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What one settled summary is about; the escrow's own key.
 *
 * @param epoch the agent's owner epoch in the signed terms
 * @param tag the leg's tag, or {@link Contribution#CLIENT_TAG}
 */
public record SummaryKey(BigInteger agentId, long epoch, EvmAddress token, Hash32 tag) {}
