package org.earnest.reputation.store;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/**
 * Which of an agent's validations are wanted; empty members want any.
 *
 * @param tag of the answer that was given last
 * @param answered whether there is one
 */
public record ValidationFilter(
    Optional<EvmAddress> validator, Optional<String> tag, Optional<Boolean> answered) {}
