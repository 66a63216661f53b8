package org.earnest.reputation.store;

import org.earnest.bindings.event.ValidationEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.LogRef;
import org.jdbi.v3.core.Handle;

/** What agents asked validators, and what these answered, as it was said. */
final class ValidationRows {
  private static final String REQUESTED =
      "insert into reputation.validation_request ("
          + Rows.REF
          + ", agent_id, validator, request_hash, request_uri) values ("
          + Rows.REF_VALUES
          + ", :agent_id, :validator, :request_hash, :request_uri) on conflict do nothing";
  private static final String RESPONDED =
      "insert into reputation.validation_response ("
          + Rows.REF
          + ", agent_id, validator, request_hash, response, response_uri, response_hash, tag)"
          + " values ("
          + Rows.REF_VALUES
          + ", :agent_id, :validator, :request_hash, :response, :response_uri, :response_hash,"
          + " :tag) on conflict do nothing";
  private static final int MOST = 100;

  private ValidationRows() {}

  /**
   * Takes what an event says.
   *
   * @throws IllegalArgumentException when no contract of the standard could have logged it
   */
  static void apply(Handle handle, LogRef ref, ValidationEvent event) {
    switch (event) {
      case ValidationEvent.Requested asked -> requested(handle, ref, asked);
      case ValidationEvent.Responded answered -> responded(handle, ref, answered);
    }
  }

  private static void requested(Handle handle, LogRef ref, ValidationEvent.Requested asked) {
    Rows.at(handle, REQUESTED, ref)
        .bind("agent_id", asked.agentId())
        .bind("validator", asked.validator().hex())
        .bind("request_hash", asked.requestHash().hex())
        .bind("request_uri", Rows.storable(asked.requestUri()))
        .execute();
  }

  private static void responded(Handle handle, LogRef ref, ValidationEvent.Responded answered) {
    if (answered.response() < 0 || answered.response() > MOST) {
      throw new IllegalArgumentException("a validator's response is 0 to " + MOST);
    }
    Rows.at(handle, RESPONDED, ref)
        .bind("agent_id", answered.agentId())
        .bind("validator", answered.validator().hex())
        .bind("request_hash", answered.requestHash().hex())
        .bind("response", answered.response())
        .bind("response_uri", Rows.storable(answered.responseUri()))
        .bind("response_hash", answered.responseHash().hex())
        .bind("tag", Rows.storable(answered.tag()))
        .execute();
  }

  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    for (String table : new String[] {"validation_request", "validation_response"}) {
      handle.execute(
          "delete from reputation." + table + " where chain = ? and block_number > ?",
          chain.toString(),
          block);
    }
  }
}
