package org.earnest.reputation.graph;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Values of a statement: strangers' texts stand nowhere else. */
final class Binds {
  private final Map<String, @Nullable Object> values = new HashMap<>();
  private int conditions;

  /** The parameter's name with its colon. */
  String add(@Nullable Object value) {
    String name = "p" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  /** Counts a comparison. */
  void count() {
    if (++conditions > Bounds.MAX_CONDITIONS) {
      throw Refusal.filter("A filter compares with at most " + Bounds.MAX_CONDITIONS + " values.");
    }
  }

  void bindTo(Query query) {
    values.forEach(query::bind);
  }
}
