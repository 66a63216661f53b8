package org.earnest.reputation.edge;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.http.Problem;
import org.earnest.reputation.store.AgentCriteria;
import org.earnest.reputation.store.AgentOrder;
import org.earnest.reputation.store.AgentPosition;
import org.earnest.reputation.store.StandingScope;

/** Which agents a request asks for, and in which order. */
final class AgentParameters {
  static final int POSITION_MEMBERS = 2;
  static final StandingScope NO_SCOPE =
      new StandingScope(Optional.empty(), Optional.empty(), Optional.empty());

  /** What only registration files and credentials could answer. */
  private static final List<String> NOT_INDEXED = List.of("text", "capability", "credential");

  private AgentParameters() {}

  static StandingScope scope(Query query) {
    Optional<Tag> tag = query.optional("tag", Tag::parse);
    return new StandingScope(
        query.optional("token", EvmAddress::new), tag.map(Tag::settled), tag.map(Tag::text));
  }

  static AgentCriteria criteria(Query query) {
    StandingScope scope = scope(query);
    Optional<BigInteger> minVolume = query.optional("minVolume", Words::amount);
    if (minVolume.isPresent() && scope.token().isEmpty()) {
      throw Query.refusal(
          "query parameter minVolume: name its token, as amounts of two add up to nothing");
    }
    return new AgentCriteria(
        scope,
        query.optional("owner", EvmAddress::new),
        query.optional("wallet", EvmAddress::new),
        query.optional("minSettled", Words::count),
        minVolume,
        query.optional("minRating", Words::rating),
        query.optional("minFeedback", Words::count),
        query.optional("minAverage", Words::scaled));
  }

  static AgentOrder order(Query query, StandingScope scope) {
    AgentOrder order = query.optional("sort", AgentParameters::order).orElse(AgentOrder.REGISTERED);
    if (order.needsToken() && scope.token().isEmpty()) {
      throw Query.refusal("query parameter sort: name the token, as amounts of two do not compare");
    }
    return order;
  }

  /** Newcomers last, as they register; the best and the latest first. */
  static boolean descending(Query query, AgentOrder order) {
    return query.optional("order", Words::descending).orElse(order != AgentOrder.REGISTERED);
  }

  static AgentPosition position(Cursor cursor) {
    try {
      return new AgentPosition(
          new BigInteger(cursor.position().getFirst()),
          new BigInteger(cursor.position().getLast()));
    } catch (NumberFormatException notWhole) {
      throw Cursor.invalid();
    }
  }

  static List<String> position(AgentPosition position) {
    return List.of(position.measure().toString(), position.agentId().toString());
  }

  /** Refuses to search for what is not known, rather than find nothing. */
  static void requireIndexed(Query query) {
    NOT_INDEXED.stream()
        .filter(name -> query.text(name).isPresent())
        .findFirst()
        .ifPresent(
            name -> {
              throw Problem.of(
                      400,
                      "criterion_not_indexed",
                      "That is not indexed",
                      "query parameter %s: this index searches what the chain logged, not registration files and not credentials. Search by tag, token and minimums instead."
                          .formatted(name))
                  .asException();
            });
  }

  private static AgentOrder order(String text) {
    return Arrays.stream(AgentOrder.values())
        .filter(order -> word(order).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(AgentOrder.values())
                            .map(AgentParameters::word)
                            .collect(Collectors.joining(", "))
                        + " expected; there is no score, only what was settled and said"));
  }

  private static String word(AgentOrder order) {
    return order.name().toLowerCase(Locale.ROOT);
  }
}
