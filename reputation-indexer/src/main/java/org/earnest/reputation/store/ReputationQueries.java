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
import org.earnest.core.reputation.SettledSummary;
import org.earnest.kit.follow.FollowLedger;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.fold.AgentState;
import org.earnest.reputation.fold.SummaryKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads of one chain's reputation, each from one snapshot that its stamp names. */
public final class ReputationQueries {
  /** Newest records that are shown with each summary, and newest entries with an average. */
  public static final int MAX_EVIDENCE = 100;

  /** Summaries, and totals, of one agent. */
  public static final int MAX_SUMMARIES = 200;

  private final Database database;
  private final Caip2ChainId chain;
  private final FollowLedger ledger;
  private final SettledReads settled;
  private final FeedbackReads feedback;

  public ReputationQueries(Database database, Caip2ChainId chain) {
    this.database = database;
    this.chain = chain;
    this.ledger = new FollowLedger(chain, ReputationStore.SCHEMA);
    this.settled = new SettledReads(chain);
    this.feedback = new FeedbackReads(chain);
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

  /**
   * What is known of an agent.
   *
   * @param totals of its current epoch, per role and token
   * @param settled per epoch, token and tag
   */
  public record Reputation(
      Agent agent, List<Total> totals, List<SettledReputation> settled, FeedbackAverage feedback) {
    public Reputation {
      totals = List.copyOf(totals);
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
                            settled.totals(handle, agentId, agent.state().epoch()),
                            settled.reputation(handle, agentId),
                            feedback.average(handle, agentId))));
  }

  /** An agent's settled records, newest first; empty for an agent that is not known. */
  public Optional<Stamped<Optional<List<Evidence>>>> records(
      BigInteger agentId, RecordFilter filter, RecordPosition after, int limit) {
    return stamped(
        handle ->
            agent(handle, agentId)
                .map(agent -> settled.records(handle, agentId, filter, after, limit)));
  }

  /** {@link SettledSummary#NONE} where nothing was settled. */
  public SettledSummary summary(SummaryKey key) {
    return database.call(handle -> SettledRows.summary(handle, chain, key));
  }

  /** Feedback on an agent, oldest first; empty for an agent that is not known. */
  public Optional<Stamped<Optional<List<Feedback>>>> feedback(
      BigInteger agentId, FeedbackPosition after, int limit) {
    return stamped(
        handle ->
            agent(handle, agentId).map(agent -> feedback.page(handle, agentId, after, limit)));
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
}
