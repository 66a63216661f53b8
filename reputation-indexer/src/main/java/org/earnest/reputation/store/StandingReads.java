package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads agents by their standings. The SQL is put together of constants alone. */
final class StandingReads {
  private static final String SETTLED_OF_AGENT =
      " s where s.chain = a.chain and s.agent_id = a.agent_id and s.epoch = a.epoch";
  private static final String FEEDBACK_OF_AGENT =
      "from reputation.feedback_standing f where f.chain = a.chain and f.tag = :feedback_tag"
          + " and f.agent_id = a.agent_id";
  private static final String SETTLED_SUMS =
      "select coalesce(sum(volume), 0) as volume, coalesce(sum(closed), 0) as closed,"
          + " coalesce(sum(rated), 0) as rated, coalesce(sum(rating_sum), 0) as rating_sum,"
          + " coalesce(sum(missed), 0) as missed, coalesce(sum(late), 0) as late,"
          + " coalesce(sum(lost), 0) as lost from ";

  private static final BigInteger MIN_BIGINT = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_BIGINT = BigInteger.valueOf(Long.MAX_VALUE);

  private final Caip2ChainId chain;

  StandingReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  List<AgentListing.Entry> page(Handle handle, AgentListing listing) {
    AgentCriteria criteria = listing.criteria();
    Optional<List<BigInteger>> few =
        Candidates.of(handle, criteria, query -> bound(query, criteria));
    String direction = listing.descending() ? " desc" : "";
    String page =
        "select a.*, "
            + measure(listing.order())
            + " as measure from "
            + driver(listing.order(), criteria.scope())
            + " where a.chain = :chain"
            + String.join("", conditions(criteria))
            + (few.isPresent() ? " and a.agent_id = any(cast(:few as numeric[]))" : "")
            + (listing.after().isEmpty() ? "" : after(listing))
            + " order by measure"
            + direction
            + ", "
            + id(listing.order())
            + direction
            + " limit :limit";
    Query query =
        bound(
                handle.createQuery(
                    standings(", a.measure", page, criteria.scope())
                        + " order by measure"
                        + direction
                        + ", a.agent_id"
                        + direction),
                criteria)
            .bind("limit", listing.limit());
    few.ifPresent(
        ids ->
            query.bindArray("few", String.class, ids.stream().map(BigInteger::toString).toList()));
    listing
        .after()
        .ifPresent(
            after -> {
              bindMeasure(query, listing.order(), after.measure());
              query.bind("after_agent", after.agentId());
            });
    return query
        .map((row, context) -> new AgentListing.Entry(standing(row), Rows.integer(row, "measure")))
        .list();
  }

  /** These agents, as far as they are known, in the order of their ids. */
  List<Standing> of(Handle handle, List<BigInteger> agents, StandingScope scope) {
    String these =
        "select a.* from reputation.agent a where a.chain = :chain and a.agent_id in (<agents>)";
    return bound(
            handle.createQuery(standings("", these, scope) + " order by a.agent_id"),
            AgentCriteria.none(scope))
        .bindList("agents", agents)
        .map((row, context) -> standing(row))
        .list();
  }

  private static String standings(String measure, String agents, StandingScope scope) {
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

  private static String measure(AgentOrder order) {
    return switch (order) {
      case REGISTERED -> "a.agent_id";
      case ACTIVE -> "m.last_block";
      case FEEDBACK -> "m.average";
      case VOLUME -> "m.volume";
      case RATING -> "m.average_rating";
    };
  }

  /** In the type of its column: an index serves no comparison with another type. */
  private static void bindMeasure(Query query, AgentOrder order, BigInteger measure) {
    switch (order) {
      case ACTIVE, RATING ->
          query.bind("measure", measure.max(MIN_BIGINT).min(MAX_BIGINT).longValueExact());
      case REGISTERED, FEEDBACK, VOLUME -> query.bind("measure", measure);
    }
  }

  /** Of the table that has the measure: an index serves an order within one table alone. */
  private static String id(AgentOrder order) {
    return order == AgentOrder.REGISTERED ? "a.agent_id" : "m.agent_id";
  }

  private static String driver(AgentOrder order, StandingScope scope) {
    return switch (order) {
      case REGISTERED -> "reputation.agent a";
      case ACTIVE ->
          "reputation.agent_activity m join reputation.agent a"
              + " on a.chain = m.chain and a.agent_id = m.agent_id";
      case FEEDBACK ->
          "reputation.feedback_standing m join reputation.agent a on a.chain = m.chain"
              + " and a.agent_id = m.agent_id and m.chain = :chain and m.tag = :feedback_tag";
      case VOLUME -> settledDriver(scope);
      case RATING -> settledDriver(scope) + " and m.average_rating is not null";
    };
  }

  private static String settledDriver(StandingScope scope) {
    return table(scope)
        + " m join reputation.agent a on a.chain = m.chain and a.agent_id = m.agent_id"
        + " and a.epoch = m.epoch and m.chain = :chain and m.token = :token"
        + (scope.settledTag().isPresent() ? " and m.tag = :settled_tag" : "");
  }

  static String table(StandingScope scope) {
    return scope.settledTag().isPresent()
        ? "reputation.settled_summary"
        : "reputation.settled_total";
  }

  /** Over all tokens there is one row, but not for each tag. */
  static String token(StandingScope scope, String alias) {
    return scope.token().isPresent()
        ? " and " + alias + ".token = :token"
        : scope.settledTag().isPresent() ? "" : " and " + alias + ".token = ''";
  }

  /** An agent's rows in its current epoch. */
  private static String settled(StandingScope scope) {
    return table(scope)
        + SETTLED_OF_AGENT
        + token(scope, "s")
        + (scope.settledTag().isPresent() ? " and s.tag = :settled_tag" : "");
  }

  private static String after(AgentListing listing) {
    return " and ("
        + measure(listing.order())
        + ", "
        + id(listing.order())
        + ") "
        + (listing.descending() ? "<" : ">")
        + " (:measure, :after_agent)";
  }

  private static List<String> conditions(AgentCriteria criteria) {
    List<String> all = new ArrayList<>();
    StandingScope scope = criteria.scope();
    criteria.owner().ifPresent(owner -> all.add(" and a.owner = :owner"));
    criteria.wallet().ifPresent(wallet -> all.add(" and a.wallet = :wallet"));
    String settled = settled(scope);
    if (scope.settledTag().isPresent() || scope.token().isPresent()) {
      // Not by exists: for an alternative it would be answered for all agents beforehand.
      String told =
          scope.token().isPresent() ? "" : ", (select true " + FEEDBACK_OF_AGENT + " limit 1)";
      all.add(" and coalesce((select true from " + settled + " limit 1)" + told + ", false)");
    }
    criteria
        .minSettled()
        .ifPresent(it -> all.add(having("sum(s.closed) >= :min_settled", settled)));
    criteria.minVolume().ifPresent(it -> all.add(having("sum(s.volume) >= :min_volume", settled)));
    criteria
        .minRating()
        .ifPresent(
            it ->
                all.add(
                    having(
                        "sum(s.rated) > 0 and sum(s.rating_sum) * 100 >= sum(s.rated) * :min_rating",
                        settled)));
    criteria
        .minFeedback()
        .ifPresent(
            it ->
                all.add(
                    " and exists (select "
                        + FEEDBACK_OF_AGENT
                        + " and f.entries >= :min_feedback)"));
    criteria
        .minAverage()
        .ifPresent(
            it ->
                all.add(
                    " and exists (select "
                        + FEEDBACK_OF_AGENT
                        + " and f.average >= :min_average)"));
    criteria
        .card()
        .ifPresent(
            card ->
                all.add(
                    " and exists (select from reputation_file.registration_file c where "
                        + Cards.ofAgent("a", "c")
                        + Cards.matching(card, "c")
                        + ")"));
    return all;
  }

  private static String having(String condition, String settled) {
    return " and (select " + condition + " from " + settled + ")";
  }

  private Query bound(Query query, AgentCriteria criteria) {
    StandingScope scope = criteria.scope();
    query.bind("chain", chain.toString()).bind("feedback_tag", scope.feedbackTag().orElse(""));
    bind(query, "token", scope.token().map(EvmAddress::hex));
    bind(query, "settled_tag", scope.settledTag().map(Hash32::hex));
    bind(query, "owner", criteria.owner().map(EvmAddress::hex));
    bind(query, "wallet", criteria.wallet().map(EvmAddress::hex));
    bind(query, "min_settled", criteria.minSettled());
    bind(query, "min_volume", criteria.minVolume());
    bind(query, "min_rating", criteria.minRating());
    bind(query, "min_feedback", criteria.minFeedback());
    bind(query, "min_average", criteria.minAverage());
    criteria.card().ifPresent(card -> Cards.bind(query, card));
    return query;
  }

  private static void bind(Query query, String name, Optional<?> value) {
    value.ifPresent(it -> query.bind(name, it));
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        AgentReads.agent(row),
        row.getLong("last_block"),
        SettledRows.summary(row),
        row.getLong("entries"),
        Optional.ofNullable(row.getBigDecimal("average")).map(it -> it.toBigIntegerExact()));
  }
}
