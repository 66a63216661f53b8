package org.earnest.reputation.edge;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;
import org.earnest.reputation.fold.FeedbackSummary;
import org.earnest.reputation.store.EntryOrder;
import org.earnest.reputation.store.Feedback;
import org.earnest.reputation.store.FeedbackEntry;
import org.earnest.reputation.store.FeedbackFilter;
import org.earnest.reputation.store.FeedbackPosition;

/** Which feedback a request asks for, and where its page begins. */
final class FeedbackParameters {
  static final int POSITION_MEMBERS = 3;
  static final String[] KNOWN = {
    "client",
    "tag",
    "revoked",
    "minValue",
    "maxValue",
    "from",
    "to",
    "sort",
    "order",
    "limit",
    "cursor"
  };

  private FeedbackParameters() {}

  static FeedbackFilter filter(Query query) {
    Optional<BigInteger> least = query.optional("minValue", Words::scaled);
    Optional<BigInteger> most = query.optional("maxValue", Words::scaled);
    if (least.flatMap(min -> most.filter(max -> max.compareTo(min) < 0)).isPresent()) {
      throw Query.refusal("query parameter maxValue: no less than minValue expected");
    }
    return new FeedbackFilter(
        query.optional("client", EvmAddress::new),
        query.optional("tag", Tag::parse).map(Tag::text),
        query.optional("revoked", Words::flag),
        least,
        most,
        EntryParameters.span(query));
  }

  /** What a cursor is bound to. */
  static String listing(AgentId id, FeedbackFilter filter, EntryOrder order) {
    return "feedback " + id + " " + filter + " " + order;
  }

  static Optional<FeedbackPosition> after(Optional<Cursor> cursor) {
    return EntryParameters.after(
        cursor,
        parts ->
            new FeedbackPosition(
                new BigInteger(parts.get(0)),
                Long.parseLong(parts.get(1)),
                Integer.parseInt(parts.get(2))));
  }

  static List<String> position(FeedbackEntry last) {
    Feedback given = last.feedback();
    return List.of(
        FeedbackSummary.scaled(given.value(), given.valueDecimals()).toString(),
        Long.toString(given.log().block().number()),
        Integer.toString(given.log().logIndex()));
  }
}
