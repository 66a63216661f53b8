package org.earnest.reputation.store;

import java.util.List;
import org.earnest.bindings.event.FeedbackEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.LogRef;
import org.earnest.reputation.fold.FeedbackSummary;
import org.earnest.reputation.store.RowBatch.Column;
import org.jdbi.v3.core.Handle;

/**
 * ERC-8004 feedback, its revocations and responses. No row is read while they are gathered, so that
 * those of a range go in together.
 */
final class FeedbackRows {
  private static final Column AGENT = new Column("agent_id", "numeric");
  private static final Column CLIENT = new Column("client", "text");
  private static final Column INDEX = new Column("feedback_index", "bigint");

  private final RowBatch given =
      new RowBatch(
          "reputation.feedback",
          AGENT,
          CLIENT,
          INDEX,
          new Column("value", "numeric"),
          new Column("value_decimals", "integer"),
          new Column("tag1", "text"),
          new Column("tag2", "text"),
          new Column("endpoint", "text"),
          new Column("feedback_uri", "text"),
          new Column("feedback_hash", "text"));
  private final RowBatch revoked =
      new RowBatch("reputation.feedback_revocation", AGENT, CLIENT, INDEX);
  private final RowBatch responses =
      new RowBatch(
          "reputation.feedback_response",
          AGENT,
          CLIENT,
          INDEX,
          new Column("responder", "text"),
          new Column("response_uri", "text"),
          new Column("response_hash", "text"));

  /**
   * Takes what an event says.
   *
   * @throws IllegalArgumentException when no contract of the standard could have logged it
   */
  void add(LogRef ref, FeedbackEvent event) {
    switch (event) {
      case FeedbackEvent.NewFeedback entry -> add(ref, entry);
      case FeedbackEvent.FeedbackRevoked entry ->
          revoked.add(ref, entry.agentId(), entry.client(), entry.index());
      case FeedbackEvent.ResponseAppended entry ->
          responses.add(
              ref,
              entry.agentId(),
              entry.client(),
              entry.index(),
              entry.responder(),
              Rows.storable(entry.responseUri()),
              entry.responseHash());
    }
  }

  private void add(LogRef ref, FeedbackEvent.NewFeedback event) {
    FeedbackSummary.Entry entry = new FeedbackSummary.Entry(event.value(), event.valueDecimals());
    given.add(
        ref,
        event.agentId(),
        event.client(),
        event.index(),
        entry.value(),
        entry.decimals(),
        Rows.storable(event.tag1()),
        Rows.storable(event.tag2()),
        Rows.storable(event.endpoint()),
        Rows.storable(event.feedbackUri()),
        event.feedbackHash());
  }

  void insert(Handle handle) {
    given.insert(handle);
    revoked.insert(handle);
    responses.insert(handle);
  }

  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    for (String table : List.of("feedback", "feedback_revocation", "feedback_response")) {
      handle.execute(
          "delete from reputation." + table + " where chain = ? and block_number > ?",
          chain.toString(),
          block);
    }
  }
}
