package org.earnest.reputation.chain;

import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.FeedbackEvent;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.bindings.event.ValidationEvent;

/** What a log means to the indexer. */
public sealed interface LogReading {
  record OfAgent(IdentityEvent event) implements LogReading {}

  record OfFeedback(FeedbackEvent event) implements LogReading {}

  record OfValidation(ValidationEvent event) implements LogReading {}

  record OfDeal(DealEvent event) implements LogReading {}

  /** Well-formed, and none of ours: an approval of a token, or an event of a later version. */
  record Ignored() implements LogReading {}

  record Malformed(String reason) implements LogReading {}
}
