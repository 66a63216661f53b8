package org.earnest.reputation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** What is looked up for each agent, each after {@code and}. */
  static String others(AgentCriteria criteria) {
    List<String> all = new ArrayList<>();
    StandingScope scope = criteria.scope();
    if (scope.settledTag().isPresent() || scope.token().isPresent()) {
      // Not by exists: for an alternative it would be answered for all agents beforehand.
      String orTold =
          scope.token().isPresent()
              ? ""
              : ", (select true " + StandingReads.FEEDBACK_OF_AGENT + " limit 1)";
      all.add(
          " and coalesce((select true from "
              + StandingReads.settled(scope)
              + " limit 1)"
              + orTold
              + ", false)");
    }
    List<String> settled = new ArrayList<>();
    criteria.minSettled().ifPresent(it -> settled.add("s.closed >= :min_settled"));
    criteria.minVolume().ifPresent(it -> settled.add("s.volume >= :min_volume"));
    criteria
        .minRating()
        .ifPresent(
            it -> settled.add("s.rated > 0 and s.rating_sum * 100 >= s.rated * :min_rating"));
    all.add(holding(settled, "from " + StandingReads.settled(scope)));
    List<String> told = new ArrayList<>();
    criteria.minFeedback().ifPresent(it -> told.add("f.entries >= :min_feedback"));
    criteria.minAverage().ifPresent(it -> told.add("f.average >= :min_average"));
    all.add(holding(told, StandingReads.FEEDBACK_OF_AGENT));
    criteria
        .card()
        .ifPresent(
            card ->
                all.add(
                    CardWords.all(card)
                        + " and exists (select from reputation_file.registration_file c where "
                        + Cards.ofAgent("a", "c")
                        + Cards.matching(card, "c")
                        + ")"));
    criteria.credential().ifPresent(it -> all.add(" and " + CredentialCriteria.held()));
    return String.join("", all);
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
