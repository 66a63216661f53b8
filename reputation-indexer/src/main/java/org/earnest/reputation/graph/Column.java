package org.earnest.reputation.graph;

import java.util.List;

/**
 * A field of an entity in SQL, in which {@code $} begins the alias of each table.
 *
 * @param parts of one value, or of a key that several make up
 * @param order what it is ordered by; empty where no listing is
 */
record Column(String field, Kind kind, List<String> parts, List<String> order) {
  Column {
    parts = List.copyOf(parts);
    order = List.copyOf(order);
  }

  static Column of(String field, Kind kind, String sql) {
    return new Column(field, kind, List.of(sql), kind == Kind.TEXTS ? List.of() : List.of(sql));
  }

  String sql() {
    return parts.getFirst();
  }

  /** The members of a filter that compare it. */
  List<String> filters() {
    return kind.operators().stream().map(this::filter).toList();
  }

  private String filter(Operator operator) {
    String type = operator.takesList() ? "[" + kind.type() + "!]" : kind.type();
    return field + operator.suffix() + ": " + type;
  }
}
