package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.kit.postgres.Columns;
import org.earnest.reputation.fold.AgentChange;
import org.earnest.reputation.fold.AgentState;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Agents and the changes that made them. */
final class AgentRows {
  private static final String INSERT =
      "insert into reputation.agent_change ("
          + Rows.REF
          + ", agent_id, kind, account, previous_account, uri) values ("
          + Rows.REF_VALUES
          + ", :agent_id, :kind, :account, :previous_account, :uri) on conflict do nothing";
  private static final String UPSERT =
      "insert into reputation.agent (chain, agent_id, owner, wallet, uri, epoch,"
          + " registered_block, registered_transaction) values (:chain, :agent_id, :owner,"
          + " :wallet, :uri, :epoch, :block_number, :transaction)"
          + " on conflict (chain, agent_id) do update set owner = excluded.owner,"
          + " wallet = excluded.wallet, uri = excluded.uri, epoch = excluded.epoch";

  private AgentRows() {}

  static void apply(Handle handle, LogRef ref, BigInteger agentId, AgentChange change) {
    if (insert(handle, ref, agentId, change)) {
      AgentState before = find(handle, ref, agentId).orElse(AgentState.NONE);
      save(handle, agentId, before.after(change), ref);
    }
  }

  /** Deletes the changes above a block and folds the agents anew that they touched. */
  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    List<BigInteger> touched =
        handle
            .createQuery(
                "with undone as (delete from reputation.agent_change"
                    + " where chain = :chain and block_number > :block returning agent_id)"
                    + " select distinct agent_id from undone")
            .bind("chain", chain.toString())
            .bind("block", block)
            .map((row, context) -> Rows.integer(row, "agent_id"))
            .list();
    touched.forEach(agentId -> refold(handle, chain, agentId));
  }

  private static void refold(Handle handle, Caip2ChainId chain, BigInteger agentId) {
    AgentState state = AgentState.NONE;
    List<AgentChange> changes =
        handle
            .createQuery(
                "select kind, account, previous_account, uri from reputation.agent_change"
                    + " where chain = :chain and agent_id = :agent_id"
                    + " order by block_number, log_index")
            .bind("chain", chain.toString())
            .bind("agent_id", agentId)
            .map((row, context) -> change(row))
            .list();
    for (AgentChange change : changes) {
      state = state.after(change);
    }
    if (changes.isEmpty()) {
      handle.execute(
          "delete from reputation.agent where chain = ? and agent_id = ?",
          chain.toString(),
          agentId);
    } else {
      update(handle, chain, agentId, state);
    }
  }

  private static boolean insert(Handle handle, LogRef ref, BigInteger id, AgentChange change) {
    Told columns =
        switch (change) {
          case AgentChange.Transferred moved ->
              new Told("transferred", moved.to().hex(), moved.from().hex(), null);
          case AgentChange.Registered registered ->
              new Told("registered", registered.owner().hex(), null, registered.uri());
          case AgentChange.UriUpdated updated -> new Told("uri_updated", null, null, updated.uri());
          case AgentChange.WalletSet set ->
              new Told("wallet_set", set.wallet().map(EvmAddress::hex).orElse(null), null, null);
        };
    return Rows.at(handle, INSERT, ref)
            .bind("agent_id", id)
            .bind("kind", columns.kind())
            .bind("account", columns.account())
            .bind("previous_account", columns.previousAccount())
            .bind("uri", columns.uri())
            .execute()
        == 1;
  }

  private record Told(
      String kind,
      @Nullable String account,
      @Nullable String previousAccount,
      @Nullable String uri) {}

  static AgentChange change(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return switch (kind) {
      case "transferred" ->
          new AgentChange.Transferred(
              new EvmAddress(row.getString("previous_account")),
              new EvmAddress(row.getString("account")));
      case "registered" ->
          new AgentChange.Registered(
              new EvmAddress(row.getString("account")), row.getString("uri"));
      case "uri_updated" -> new AgentChange.UriUpdated(row.getString("uri"));
      case "wallet_set" ->
          new AgentChange.WalletSet(Columns.text(row, "account").map(EvmAddress::new));
      default -> throw new IllegalStateException("no change of an agent is called " + kind);
    };
  }

  private static Optional<AgentState> find(Handle handle, LogRef ref, BigInteger agentId) {
    return handle
        .createQuery(
            "select owner, wallet, uri, epoch from reputation.agent"
                + " where chain = :chain and agent_id = :agent_id")
        .bind("chain", ref.block().chain().toString())
        .bind("agent_id", agentId)
        .map(
            (row, context) ->
                new AgentState(
                    new EvmAddress(row.getString("owner")),
                    Columns.text(row, "wallet").map(EvmAddress::new),
                    row.getString("uri"),
                    row.getLong("epoch")))
        .findOne();
  }

  private static void save(Handle handle, BigInteger agentId, AgentState state, LogRef first) {
    Rows.at(handle, UPSERT, first)
        .bind("agent_id", agentId)
        .bind("owner", state.owner().hex())
        .bind("wallet", state.wallet().map(EvmAddress::hex).orElse(null))
        .bind("uri", state.uri())
        .bind("epoch", state.epoch())
        .execute();
  }

  private static void update(
      Handle handle, Caip2ChainId chain, BigInteger agentId, AgentState state) {
    handle
        .createUpdate(
            "update reputation.agent set owner = :owner, wallet = :wallet, uri = :uri,"
                + " epoch = :epoch where chain = :chain and agent_id = :agent_id")
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("owner", state.owner().hex())
        .bind("wallet", state.wallet().map(EvmAddress::hex).orElse(null))
        .bind("uri", state.uri())
        .bind("epoch", state.epoch())
        .execute();
  }
}
