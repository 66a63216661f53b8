package org.earnest.reputation.store;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What a standing adds up.
 *
 * @param token only what was settled in it
 * @param settledTag only what was settled under it
 * @param feedbackTag only feedback that has it as one of its tags
 */
public record StandingScope(
    Optional<EvmAddress> token, Optional<Hash32> settledTag, Optional<String> feedbackTag) {}
