package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.kit.postgres.Columns;
import org.earnest.reputation.fold.AgentChange;
import org.earnest.reputation.fold.AgentState;
import org.jdbi.v3.core.Handle;

/** Reads agents, as they are and as they were. */
final class AgentReads {
  private final Caip2ChainId chain;

  AgentReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  Optional<Agent> find(Handle handle, BigInteger agentId) {
    return handle
        .createQuery("select * from reputation.agent where chain = ? and agent_id = ?")
        .bind(0, chain.toString())
        .bind(1, agentId)
        .map((row, context) -> agent(row))
        .findOne();
  }

  /** An agent as the changes up to a block left it. */
  Optional<Agent> findAt(Handle handle, BigInteger agentId, long lastBlock) {
    record Change(LogRef log, AgentChange what) {}
    List<Change> changes =
        handle
            .createQuery(
                "select * from reputation.agent_change where chain = ? and agent_id = ?"
                    + " and block_number <= ? order by block_number, log_index")
            .bind(0, chain.toString())
            .bind(1, agentId)
            .bind(2, lastBlock)
            .map((row, context) -> new Change(Rows.ref(row, chain), AgentRows.change(row)))
            .list();
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    AgentState state = AgentState.NONE;
    for (Change change : changes) {
      state = state.after(change.what());
    }
    LogRef first = changes.getFirst().log();
    return Optional.of(new Agent(agentId, state, first.block().number(), first.transaction()));
  }

  static Agent agent(ResultSet row) throws SQLException {
    return new Agent(
        Rows.integer(row, "agent_id"),
        new AgentState(
            new EvmAddress(row.getString("owner")),
            Columns.text(row, "wallet").map(EvmAddress::new),
            row.getString("uri"),
            row.getLong("epoch")),
        row.getLong("registered_block"),
        new Hash32(row.getString("registered_transaction")));
  }
}
