package org.earnest.testkit.deal;

import org.earnest.core.deal.Division;

/** What can be done to a leg after its deal was opened. Shares are basis points. */
public sealed interface LegVerb {
  record Join() implements LegVerb {}

  record Deliver() implements LegVerb {}

  /** Rated with 255 for no rating. */
  record Accept(int rating) implements LegVerb {}

  record Substitute() implements LegVerb {}

  /** By the client, or by the payee at work. */
  record Dispute(boolean byClient) implements LegVerb {}

  record Rule(int payeeBps, int bondBps) implements LegVerb {}

  record Settle(Division division) implements LegVerb {}

  /** By the client, or by the payee last at work. */
  record Rate(boolean byClient, int rating) implements LegVerb {}

  record Lapse() implements LegVerb {}

  /** The sender fetches its credit. */
  record Withdraw() implements LegVerb {}
}
