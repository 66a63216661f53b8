package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.fold.FeedbackSummary;
import org.jdbi.v3.core.Handle;

/** Reads ERC-8004 feedback. */
final class FeedbackReads {
  private static final String SELECT =
      "select f.*, r.feedback_index is not null as revoked,"
          + " (select count(*) from reputation.feedback_response a where a.chain = f.chain"
          + " and a.agent_id = f.agent_id and a.client = f.client"
          + " and a.feedback_index = f.feedback_index) as responses"
          + " from reputation.feedback f left join reputation.feedback_revocation r"
          + " using (chain, agent_id, client, feedback_index)"
          + " where f.chain = :chain and f.agent_id = :agent_id";
  private static final String FORWARD =
      SELECT
          + " and (f.block_number, f.log_index) > (:block, :log_index)"
          + " order by f.block_number, f.log_index limit :limit";
  private static final String NEWEST =
      SELECT + " order by f.block_number desc, f.log_index desc limit :limit";

  private final Caip2ChainId chain;

  FeedbackReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  FeedbackAverage average(Handle handle, BigInteger agentId) {
    return new FeedbackAverage(
        FeedbackSummary.of(entries(handle, agentId, false)),
        entries(handle, agentId, true).size(),
        handle
            .createQuery(NEWEST)
            .bind("chain", chain.toString())
            .bind("agent_id", agentId)
            .bind("limit", ReputationQueries.MAX_EVIDENCE)
            .map((row, context) -> feedback(row))
            .list());
  }

  /** Oldest first. */
  List<Feedback> page(Handle handle, BigInteger agentId, FeedbackPosition after, int limit) {
    return handle
        .createQuery(FORWARD)
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("block", after.block())
        .bind("log_index", after.logIndex())
        .bind("limit", limit)
        .map((row, context) -> feedback(row))
        .list();
  }

  private List<FeedbackSummary.Entry> entries(Handle handle, BigInteger agentId, boolean revoked) {
    return handle
        .createQuery(
            "select f.value, f.value_decimals from reputation.feedback f where f.chain = ?"
                + " and f.agent_id = ? and "
                + (revoked ? "" : "not ")
                + "exists (select 1 from reputation.feedback_revocation r where r.chain = f.chain"
                + " and r.agent_id = f.agent_id and r.client = f.client"
                + " and r.feedback_index = f.feedback_index)")
        .bind(0, chain.toString())
        .bind(1, agentId)
        .map(
            (row, context) ->
                new FeedbackSummary.Entry(Rows.integer(row, "value"), row.getInt("value_decimals")))
        .list();
  }

  private Feedback feedback(ResultSet row) throws SQLException {
    return new Feedback(
        Rows.ref(row, chain),
        Rows.integer(row, "agent_id"),
        new EvmAddress(row.getString("client")),
        row.getLong("feedback_index"),
        Rows.integer(row, "value"),
        row.getInt("value_decimals"),
        row.getString("tag1"),
        row.getString("tag2"),
        row.getString("endpoint"),
        row.getString("feedback_uri"),
        new Hash32(row.getString("feedback_hash")),
        row.getBoolean("revoked"),
        row.getLong("responses"));
  }
}
