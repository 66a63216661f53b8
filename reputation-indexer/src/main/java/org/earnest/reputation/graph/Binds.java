package org.earnest.reputation.graph;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Values of a statement: strangers' texts stand nowhere else. */
final class Binds {
  private final Map<String, @Nullable Object> values = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private int conditions;
  private int members;
  private int related;

  /** The parameter's name with its colon. */
  String add(@Nullable Object value) {
    String name = "p" + (values.size() + lists.size());
    values.put(name, value);
    return ":" + name;
  }

  /**
   * All of them as one parameter, so that a statement is as long with many as with few.
   *
   * @param type of each in SQL
   */
  String addAll(String type, List<?> members) {
    String name = "p" + (values.size() + lists.size());
    lists.put(name, members.stream().map(String::valueOf).toList());
    return "cast(:" + name + " as " + type + "[])";
  }

  /** Rows of one column. */
  String agents(List<BigInteger> agents) {
    return "unnest(" + addAll("numeric", agents) + ")";
  }

  /** Rows of three columns. */
  String entries(List<Ids.FeedbackKey> keys) {
    return "unnest(%s, %s, %s)"
        .formatted(
            addAll("numeric", keys.stream().map(Ids.FeedbackKey::agentId).toList()),
            addAll("text", keys.stream().map(Ids.FeedbackKey::client).toList()),
            addAll("bigint", keys.stream().map(Ids.FeedbackKey::index).toList()));
  }

  /** Counts what a comparison with a list compares with. */
  void countMembers(int count) {
    members += count;
    if (members > Bounds.MAX_MEMBERS) {
      throw Refusal.filter(
          "The lists of a filter have at most " + Bounds.MAX_MEMBERS + " members.");
    }
  }

  /** Counts a filter on what something belongs to. */
  void countRelated() {
    if (++related > Bounds.MAX_RELATED) {
      throw Refusal.filter(
          "A filter asks for what something belongs to at most %d times."
              .formatted(Bounds.MAX_RELATED));
    }
  }

  /** Counts a comparison. */
  void count() {
    if (++conditions > Bounds.MAX_CONDITIONS) {
      throw Refusal.filter("A filter compares at most " + Bounds.MAX_CONDITIONS + " times.");
    }
  }

  void bindTo(Query query) {
    values.forEach(query::bind);
    lists.forEach((name, members) -> query.bindArray(name, String.class, members));
  }
}
