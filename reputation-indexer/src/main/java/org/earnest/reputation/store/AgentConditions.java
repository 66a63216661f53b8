package org.earnest.reputation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.jdbi.v3.core.statement.Query;

/** Criteria as SQL about an agent {@code a}. It is put together of constants alone. */
final class AgentConditions {
  private AgentConditions() {}

  /**
   * What an agent's own row says, each after {@code and}; an index serves it.
   *
   * @param alias of {@code reputation.agent}
   */
  static String own(AgentCriteria criteria, String alias) {
    return (criteria.owner().isPresent() ? " and " + alias + ".owner = :owner" : "")
        + (criteria.wallet().isPresent() ? " and " + alias + ".wallet = :wallet" : "");
  }

  /**
   * What the row says by whose measure an agent is met, each after {@code and}; nothing is looked
   * up for it.
   *
   * @param row its alias
   */
  static String measured(AgentCriteria criteria, AgentOrder order, String row) {
    return switch (order) {
      case REGISTERED, ACTIVE -> "";
      case FEEDBACK -> each(told(criteria, row));
      case VOLUME, RATING -> each(settled(criteria, row));
    };
  }

  /**
   * What is looked up for each agent, each after {@code and}.
   *
   * @param order whose {@link #measured} asks the rest; where that is not asked, {@link
   *     AgentOrder#REGISTERED}
   */
  static String others(AgentCriteria criteria, AgentOrder order) {
    StandingScope scope = criteria.scope();
    boolean isTold = order == AgentOrder.FEEDBACK;
    boolean isSettled = order.needsToken();
    boolean isPlaced = isSettled || (isTold && scope.token().isEmpty());
    return (isPlaced ? "" : inScope(scope))
        + (isSettled ? "" : holding(settled(criteria, "s"), "from " + StandingReads.settled(scope)))
        + (isTold ? "" : holding(told(criteria, "f"), StandingReads.FEEDBACK_OF_AGENT))
        + filed(criteria);
  }

  /** That it settled something there, or was told of where no token is asked for. */
  private static String inScope(StandingScope scope) {
    if (scope.settledTag().isEmpty() && scope.token().isEmpty()) {
      return "";
    }
    // Not by exists: for an alternative it would be answered for all agents beforehand.
    String orTold =
        scope.token().isPresent()
            ? ""
            : ", (select true " + StandingReads.FEEDBACK_OF_AGENT + " limit 1)";
    return " and coalesce((select true from "
        + StandingReads.settled(scope)
        + " limit 1)"
        + orTold
        + ", false)";
  }

  private static List<String> settled(AgentCriteria criteria, String row) {
    List<String> all = new ArrayList<>();
    criteria.minSettled().ifPresent(it -> all.add(row + ".closed >= :min_settled"));
    criteria.minVolume().ifPresent(it -> all.add(row + ".volume >= :min_volume"));
    criteria
        .minRating()
        .ifPresent(
            it ->
                all.add(
                    "%s.rated > 0 and %s.rating_sum * 100 >= %s.rated * :min_rating"
                        .formatted(row, row, row)));
    return all;
  }

  private static List<String> told(AgentCriteria criteria, String row) {
    List<String> all = new ArrayList<>();
    criteria.minFeedback().ifPresent(it -> all.add(row + ".entries >= :min_feedback"));
    criteria.minAverage().ifPresent(it -> all.add(row + ".average >= :min_average"));
    return all;
  }

  private static String filed(AgentCriteria criteria) {
    return criteria
            .card()
            .map(
                card ->
                    " and exists (select from reputation_file.registration_file c where "
                        + Cards.ofAgent("a", "c")
                        + Cards.matching(card, "c")
                        + ")")
            .orElse("")
        + criteria.credential().map(it -> " and " + CredentialCriteria.held()).orElse("");
  }

  private static String each(List<String> conditions) {
    return conditions.stream().map(" and "::concat).collect(Collectors.joining());
  }

  /**
   * Of one row, which is found by its key: were they its conditions, an index that begins with a
   * minimum would be gone through for each agent.
   */
  private static String holding(List<String> conditions, String row) {
    return conditions.isEmpty()
        ? ""
        : " and (select " + String.join(" and ", conditions) + " " + row + ")";
  }

  static Query bound(Query query, Caip2ChainId chain, AgentCriteria criteria) {
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
    criteria.credential().ifPresent(credential -> credential.bind(query));
    return query;
  }

  private static void bind(Query query, String name, Optional<?> value) {
    value.ifPresent(it -> query.bind(name, it));
  }
}
