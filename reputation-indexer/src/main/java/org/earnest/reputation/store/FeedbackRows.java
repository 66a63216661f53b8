package org.earnest.reputation.store;

import java.util.List;
import org.earnest.bindings.event.FeedbackEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.LogRef;
import org.earnest.reputation.fold.FeedbackSummary;
import org.jdbi.v3.core.Handle;

/** ERC-8004 feedback, its revocations and responses. */
final class FeedbackRows {
  private static final String ENTRY = ", agent_id, client, feedback_index";
  private static final String ENTRY_VALUES = ", :agent_id, :client, :feedback_index";

  private FeedbackRows() {}

  /**
   * Stores what an event says.
   *
   * @throws IllegalArgumentException when no contract of the standard could have logged it
   */
  static void apply(Handle handle, LogRef ref, FeedbackEvent event) {
    switch (event) {
      case FeedbackEvent.NewFeedback given -> given(handle, ref, given);
      case FeedbackEvent.FeedbackRevoked revoked -> revoked(handle, ref, revoked);
      case FeedbackEvent.ResponseAppended response -> response(handle, ref, response);
    }
  }

  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    for (String table : List.of("feedback", "feedback_revocation", "feedback_response")) {
      handle.execute(
          "delete from reputation." + table + " where chain = ? and block_number > ?",
          chain.toString(),
          block);
    }
  }

  private static void given(Handle handle, LogRef ref, FeedbackEvent.NewFeedback given) {
    FeedbackSummary.Entry entry = new FeedbackSummary.Entry(given.value(), given.valueDecimals());
    Rows.at(
            handle,
            "insert into reputation.feedback ("
                + Rows.REF
                + ENTRY
                + ", value, value_decimals, tag1, tag2, endpoint, feedback_uri, feedback_hash)"
                + " values ("
                + Rows.REF_VALUES
                + ENTRY_VALUES
                + ", :value, :value_decimals, :tag1, :tag2, :endpoint, :uri, :hash)"
                + " on conflict do nothing",
            ref)
        .bind("agent_id", given.agentId())
        .bind("client", given.client().hex())
        .bind("feedback_index", given.index())
        .bind("value", entry.value())
        .bind("value_decimals", entry.decimals())
        .bind("tag1", Rows.storable(given.tag1()))
        .bind("tag2", Rows.storable(given.tag2()))
        .bind("endpoint", Rows.storable(given.endpoint()))
        .bind("uri", Rows.storable(given.feedbackUri()))
        .bind("hash", given.feedbackHash().hex())
        .execute();
  }

  private static void revoked(Handle handle, LogRef ref, FeedbackEvent.FeedbackRevoked revoked) {
    Rows.at(
            handle,
            "insert into reputation.feedback_revocation ("
                + Rows.REF
                + ENTRY
                + ") values ("
                + Rows.REF_VALUES
                + ENTRY_VALUES
                + ") on conflict do nothing",
            ref)
        .bind("agent_id", revoked.agentId())
        .bind("client", revoked.client().hex())
        .bind("feedback_index", revoked.index())
        .execute();
  }

  private static void response(Handle handle, LogRef ref, FeedbackEvent.ResponseAppended given) {
    Rows.at(
            handle,
            "insert into reputation.feedback_response ("
                + Rows.REF
                + ENTRY
                + ", responder, response_uri, response_hash) values ("
                + Rows.REF_VALUES
                + ENTRY_VALUES
                + ", :responder, :uri, :hash) on conflict do nothing",
            ref)
        .bind("agent_id", given.agentId())
        .bind("client", given.client().hex())
        .bind("feedback_index", given.index())
        .bind("responder", given.responder().hex())
        .bind("uri", Rows.storable(given.responseUri()))
        .bind("hash", given.responseHash().hex())
        .execute();
  }
}
