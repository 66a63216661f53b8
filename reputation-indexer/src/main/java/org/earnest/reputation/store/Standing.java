package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.reputation.SettledSummary;

/**
 * What an agent is listed and found by, in the scope that was asked for.
 *
 * @param lastBlock in which the agent itself was changed or settled something
 * @param settled in its current epoch, as a payee, or as a client under the client's tag; its
 *     volume means something where one token is asked for
 * @param entries feedback that nobody revoked
 * @param average of those, times 10^18, rounded towards zero
 */
public record Standing(
    Agent agent,
    long lastBlock,
    SettledSummary settled,
    long entries,
    Optional<BigInteger> average) {}
