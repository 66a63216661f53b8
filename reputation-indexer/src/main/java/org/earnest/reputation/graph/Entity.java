package org.earnest.reputation.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A type that is listed, filtered and ordered.
 *
 * @param type the GraphQL type's name
 * @param one the query for one by its id; empty where there is none
 * @param many the query for a page
 * @param table whose rows they are, {@code $a}
 * @param joins what belongs to each row, once at most
 * @param key what makes a row one of its kind, in the order that pages have unless another is asked
 * @param related filters on what it belongs to: the filter's name, and how rows meet
 */
record Entity(
    String type,
    Optional<String> one,
    String many,
    String table,
    String joins,
    List<String> key,
    List<Column> columns,
    Map<String, Related> related) {
  Entity {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    related = Map.copyOf(related);
  }

  /**
   * Another entity that a filter may ask about.
   *
   * @param on the columns of {@code $a} that both have
   */
  record Related(String type, List<String> on) {
    Related {
      on = List.copyOf(on);
    }
  }

  String filterType() {
    return type + "_filter";
  }

  String orderType() {
    return type + "_orderBy";
  }

  Column column(String field) {
    return columns.stream().filter(it -> it.field().equals(field)).findFirst().orElseThrow();
  }
}
