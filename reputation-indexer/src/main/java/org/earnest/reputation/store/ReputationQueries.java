package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.kit.follow.FollowLedger;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.fold.AgentState;
import org.earnest.reputation.fold.FeedbackSummary;
import org.earnest.reputation.fold.SummaryKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads of one chain's reputation, each from one snapshot that its stamp names. */
public final class ReputationQueries {
  public static final int MAX_EVIDENCE = 100;
  public static final int MAX_SUMMARIES = 200;

  private final Database database;
  private final Caip2ChainId chain;
  private final FollowLedger ledger;

  public ReputationQueries(Database database, Caip2ChainId chain) {
    this.database = database;
    this.chain = chain;
    this.ledger = new FollowLedger(chain, ReputationStore.SCHEMA);
  }

  /**
   * Agents in ascending order of their ids.
   *
   * @param after an exclusive bound; zero for the first page
   */
  public Optional<Stamped<List<Agent>>> agents(BigInteger after, int limit) {
    return stamped(
        handle ->
            handle
                .createQuery(
                    "select * from reputation.agent where chain = ? and agent_id > ?"
                        + " order by agent_id limit ?")
                .bind(0, chain.toString())
                .bind(1, after)
                .bind(2, limit)
                .map((row, context) -> agent(row))
                .list());
  }

  public Optional<Stamped<Optional<Agent>>> agent(BigInteger agentId) {
    return stamped(handle -> agent(handle, agentId));
  }

  /** What an agent settled, per epoch, token and tag; and the average of its feedback. */
  public record Reputation(
      Agent agent, List<SettledReputation> settled, FeedbackSummary feedback, long revoked) {
    public Reputation {
      settled = List.copyOf(settled);
    }
  }

  public Optional<Stamped<Optional<Reputation>>> reputation(BigInteger agentId) {
    return stamped(
        handle ->
            agent(handle, agentId)
                .map(
                    agent ->
                        new Reputation(
                            agent,
                            settled(handle, agentId),
                            FeedbackSummary.of(entries(handle, agentId, false)),
                            entries(handle, agentId, true).size())));
  }

  /** {@link SettledSummary#NONE} where nothing was settled. */
  public SettledSummary summary(SummaryKey key) {
    return database.call(handle -> SettledRows.summary(handle, chain, key));
  }

  /** Where a page of feedback ended. */
  public record FeedbackPosition(long block, int logIndex) {
    public static final FeedbackPosition START = new FeedbackPosition(-1, 0);
  }

  /** Feedback on an agent, oldest first; empty for an agent that is not known. */
  public Optional<Stamped<Optional<List<Feedback>>>> feedback(
      BigInteger agentId, FeedbackPosition after, int limit) {
    return stamped(
        handle -> agent(handle, agentId).map(agent -> feedback(handle, agentId, after, limit)));
  }

  /** Logs that made no sense. */
  public long quarantined() {
    return database.call(
        handle ->
            handle
                .createQuery("select count(*) from reputation.quarantine where chain = ?")
                .bind(0, chain.toString())
                .mapTo(Long.class)
                .one());
  }

  private interface Reading<T> {
    T from(Handle handle);
  }

  /** Empty before the first block is in. */
  private <T> Optional<Stamped<T>> stamped(Reading<T> reading) {
    return database.call(
        connection ->
            connection.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> {
                  Optional<BlockRef> at = ledger.cursor(handle);
                  return at.map(block -> new Stamped<>(block, reading.from(handle)));
                }));
  }

  private Optional<Agent> agent(Handle handle, BigInteger agentId) {
    return handle
        .createQuery("select * from reputation.agent where chain = ? and agent_id = ?")
        .bind(0, chain.toString())
        .bind(1, agentId)
        .map((row, context) -> agent(row))
        .findOne();
  }

  private List<SettledReputation> settled(Handle handle, BigInteger agentId) {
    record Sum(SummaryKey key, SettledSummary summary) {}
    return handle
        .createQuery(
            "select * from reputation.settled_summary where chain = ? and agent_id = ?"
                + " order by epoch desc, token, tag limit ?")
        .bind(0, chain.toString())
        .bind(1, agentId)
        .bind(2, MAX_SUMMARIES)
        .map((row, context) -> new Sum(SettledRows.key(row), SettledRows.summary(row)))
        .list()
        .stream()
        .map(
            sum ->
                new SettledReputation(
                    sum.key(),
                    sum.summary(),
                    evidence(handle, sum.key()),
                    count(handle, sum.key())))
        .toList();
  }

  private List<Evidence> evidence(Handle handle, SummaryKey key) {
    return SettledRows.key(
            handle.createQuery(
                "select * from reputation.settled_record where "
                    + SettledRows.KEY
                    + " order by block_number desc, log_index desc limit :limit"),
            chain,
            key)
        .bind("limit", MAX_EVIDENCE)
        .map((row, context) -> new Evidence(ref(row), SettledRows.contribution(row)))
        .list();
  }

  private long count(Handle handle, SummaryKey key) {
    return SettledRows.key(
            handle.createQuery(
                "select count(*) from reputation.settled_record where " + SettledRows.KEY),
            chain,
            key)
        .mapTo(Long.class)
        .one();
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

  private List<Feedback> feedback(
      Handle handle, BigInteger agentId, FeedbackPosition after, int limit) {
    return handle
        .createQuery(
            "select f.*, r.feedback_index is not null as revoked,"
                + " (select count(*) from reputation.feedback_response a where a.chain = f.chain"
                + " and a.agent_id = f.agent_id and a.client = f.client"
                + " and a.feedback_index = f.feedback_index) as responses"
                + " from reputation.feedback f left join reputation.feedback_revocation r"
                + " using (chain, agent_id, client, feedback_index)"
                + " where f.chain = ? and f.agent_id = ? and (f.block_number, f.log_index) > (?, ?)"
                + " order by f.block_number, f.log_index limit ?")
        .bind(0, chain.toString())
        .bind(1, agentId)
        .bind(2, after.block())
        .bind(3, after.logIndex())
        .bind(4, limit)
        .map((row, context) -> feedback(row))
        .list();
  }

  private Feedback feedback(ResultSet row) throws SQLException {
    return new Feedback(
        ref(row),
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

  private static Agent agent(ResultSet row) throws SQLException {
    return new Agent(
        Rows.integer(row, "agent_id"),
        new AgentState(
            new EvmAddress(row.getString("owner")),
            Rows.text(row, "wallet").map(EvmAddress::new),
            row.getString("uri"),
            row.getLong("epoch")),
        row.getLong("registered_block"),
        new Hash32(row.getString("registered_transaction")));
  }

  private LogRef ref(ResultSet row) throws SQLException {
    return new LogRef(
        new BlockRef(chain, row.getLong("block_number"), new Hash32(row.getString("block_hash"))),
        new Hash32(row.getString("transaction")),
        row.getInt("log_index"));
  }
}
