package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds the few agents that one of the criteria leaves, by an index, so that a listing need not go
 * through all agents to find that few of them fit. Where every criterion leaves many, those that
 * fit are soon met in any order.
 */
final class Candidates {
  private Candidates() {}

  interface Binding {
    Query to(Query query);
  }

  /**
   * Among them are all that fit; empty where no criterion leaves few.
   *
   * @param few more than so many are not
   */
  static Optional<List<BigInteger>> of(
      Handle handle, AgentCriteria criteria, int few, Binding binding) {
    return sources(criteria).stream()
        .map(sql -> found(handle, sql, few + 1, binding))
        .filter(found -> found.size() <= few)
        .findFirst()
        .map(found -> found.stream().distinct().toList());
  }

  private static List<BigInteger> found(Handle handle, String sql, int limit, Binding binding) {
    return binding
        .to(handle.createQuery(sql + " limit :candidates"))
        .bind("candidates", limit)
        .mapTo(BigInteger.class)
        .list();
  }

  private static List<String> sources(AgentCriteria criteria) {
    StandingScope scope = criteria.scope();
    List<String> sources = new ArrayList<>();
    if (criteria.owner().isPresent() || criteria.wallet().isPresent()) {
      sources.add(
          "select agent_id from reputation.agent a where chain = :chain"
              + AgentConditions.own(criteria, "a"));
    }
    criteria.card().ifPresent(card -> sources.addAll(named(card)));
    criteria
        .credential()
        .ifPresent(it -> sources.add("select agent_id from " + CredentialCriteria.agents() + " v"));
    criteria
        .minFeedback()
        .ifPresent(it -> sources.add(told("entries >= cast(:min_feedback as bigint)")));
    criteria.minAverage().ifPresent(it -> sources.add(told("average >= :min_average")));
    criteria.minVolume().ifPresent(it -> sources.add(settled(scope, "volume >= :min_volume")));
    criteria
        .minRating()
        .ifPresent(
            it -> sources.add(settled(scope, "average_rating >= cast(:min_rating as bigint)")));
    criteria
        .minSettled()
        .ifPresent(it -> sources.add(settled(scope, "closed >= cast(:min_settled as bigint)")));
    if (scope.settledTag().isPresent() || scope.token().isPresent()) {
      sources.add(
          scope.token().isPresent()
              ? settled(scope, "true")
              : settled(scope, "true") + " union all " + told("true"));
    }
    return sources;
  }

  /** Under each word, or of a long file; or of any file that matches. */
  private static List<String> named(CardCriteria card) {
    if (card.words().isEmpty()) {
      return List.of(named(card, ""));
    }
    return IntStream.range(0, card.words().size())
        .mapToObj(
            word ->
                CardWords.shortFiles(card, word) + " union all " + named(card, CardWords.IS_LONG))
        .toList();
  }

  /** Agents that matching files name, whether or not they point to the files. */
  private static String named(CardCriteria card, String condition) {
    return "select cast(substring(named.id from char_length(:registry) + 2) as numeric)"
        + " from reputation_file.registration_file c"
        + " cross join lateral jsonb_array_elements_text(c.document -> 'registrations')"
        + " named (id) where starts_with(named.id, :registry || ':')"
        + Cards.matching(card, "c")
        + condition;
  }

  private static String told(String condition) {
    return "select agent_id from reputation.feedback_standing where chain = :chain"
        + " and tag = :feedback_tag and "
        + condition;
  }

  /** In any epoch. */
  private static String settled(StandingScope scope, String condition) {
    return "select agent_id from "
        + StandingReads.table(scope)
        + " m where chain = :chain"
        + StandingReads.within(scope, "m")
        + " and "
        + condition;
  }
}
