package org.earnest.reputation.store;

import java.math.BigInteger;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.fold.AgentState;

/** An agent and where its registration is. */
public record Agent(
    BigInteger agentId, AgentState state, long registeredBlock, Hash32 registeredTransaction) {}
