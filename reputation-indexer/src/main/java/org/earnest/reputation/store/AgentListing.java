package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.List;
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
  AgentListing of(AgentCriteria other) {
    return new AgentListing(other, order, descending, after, limit);
  }

  /**
   * A page of them.
   *
   * @param next where to go on; empty at the end. A page may be short, or empty, and not the last:
   *     then those that were looked at for it hardly fitted
   */
  public record Page(List<Entry> entries, Optional<AgentPosition> next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** An agent of a page, and what it is listed by. */
  public record Entry(Standing standing, BigInteger measure) {
    public AgentPosition position() {
      return new AgentPosition(measure, standing.agent().agentId());
    }
  }
}
