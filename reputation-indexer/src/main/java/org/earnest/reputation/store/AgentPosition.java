package org.earnest.reputation.store;

import java.math.BigInteger;

/** Where a page of agents ended: what the last one is listed by, and its id. */
public record AgentPosition(BigInteger measure, BigInteger agentId) {}
