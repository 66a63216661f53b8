package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Agents in an order.
 *
 * @param after where the page before ended
 */
public record AgentListing(
    AgentCriteria criteria,
    AgentOrder order,
    boolean descending,
    Optional<AgentPosition> after,
    int limit) {

  /** An agent of a page, and what it is listed by. */
  public record Entry(Standing standing, BigInteger measure) {
    public AgentPosition position() {
      return new AgentPosition(measure, standing.agent().agentId());
    }
  }
}
