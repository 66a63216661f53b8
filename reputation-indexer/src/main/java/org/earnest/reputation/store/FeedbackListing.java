package org.earnest.reputation.store;

import java.util.Optional;

/**
 * A page of an agent's feedback.
 *
 * @param after the last entry of the page before
 * @param limit entries at most
 */
public record FeedbackListing(
    FeedbackFilter filter, EntryOrder order, Optional<FeedbackPosition> after, int limit) {}
