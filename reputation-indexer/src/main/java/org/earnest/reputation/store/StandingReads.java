package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.jdbi.v3.core.Handle;

/** Reads agents by their standings. The SQL is put together of constants alone. */
final class StandingReads {
  private static final String SETTLED_OF_AGENT =
      " s where s.chain = a.chain and s.agent_id = a.agent_id and s.epoch = a.epoch";
  static final String FEEDBACK_OF_AGENT =
      "from reputation.feedback_standing f where f.chain = a.chain and f.tag = :feedback_tag"
          + " and f.agent_id = a.agent_id";
  private static final String SETTLED_SUMS =
      "select coalesce(sum(volume), 0) as volume, coalesce(sum(closed), 0) as closed,"
          + " coalesce(sum(rated), 0) as rated, coalesce(sum(rating_sum), 0) as rating_sum,"
          + " coalesce(sum(missed), 0) as missed, coalesce(sum(late), 0) as late,"
          + " coalesce(sum(lost), 0) as lost from ";

  private final Caip2ChainId chain;

  StandingReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  /** These agents, as far as they are known, in the order of their ids. */
  List<Standing> of(Handle handle, List<BigInteger> agents, StandingScope scope) {
    String these =
        "select a.* from reputation.agent a where a.chain = :chain and a.agent_id in (<agents>)";
    return AgentConditions.bound(
            handle.createQuery(standings("", these, scope) + " order by a.agent_id"),
            chain,
            AgentCriteria.none(scope))
        .bindList("agents", agents)
        .map((row, context) -> standing(row))
        .list();
  }

  /** Standings of agents that a statement gives as the table of agents has them. */
  static String standings(String measure, String agents, StandingScope scope) {
    return "select a.agent_id, a.owner, a.wallet, "
        + Rows.shown("a.uri")
        + " as uri, a.epoch, a.registered_block, a.registered_transaction"
        + measure
        + ", coalesce(last_block, a.registered_block) as last_block, s.*,"
        + " coalesce(f.entries, 0) as entries, f.average from ("
        + agents
        + ") a left join reputation.agent_activity active on active.chain = a.chain"
        + " and active.agent_id = a.agent_id left join lateral ("
        + SETTLED_SUMS
        + settled(scope)
        + ") s on true left join lateral (select entries, average "
        + FEEDBACK_OF_AGENT
        + ") f on true";
  }

  /** It has one row for each agent and epoch in a scope. */
  static String table(StandingScope scope) {
    return scope.settledTag().isPresent() && scope.token().isPresent()
        ? "reputation.settled_summary"
        : "reputation.settled_total";
  }

  /** The rows of a scope. */
  static String within(StandingScope scope, String alias) {
    return " and "
        + alias
        + (scope.token().isPresent() ? ".token = :token" : ".token = ''")
        + " and "
        + alias
        + (scope.settledTag().isPresent() ? ".tag = :settled_tag" : ".tag = ''");
  }

  /** An agent's row in its current epoch. */
  static String settled(StandingScope scope) {
    return table(scope) + SETTLED_OF_AGENT + within(scope, "s");
  }

  static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        AgentReads.agent(row),
        row.getLong("last_block"),
        SettledRows.summary(row),
        row.getLong("entries"),
        Optional.ofNullable(row.getBigDecimal("average")).map(it -> it.toBigIntegerExact()));
  }
}
