package org.earnest.reputation.graph;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of an entity: values by their fields' names.
 *
 * @param budget of the query that read it
 */
record Row(Map<String, @Nullable Object> values, Budget budget) {
  Row {
    values = Collections.unmodifiableMap(new HashMap<>(values));
  }

  @Nullable Object value(String field) {
    return values.get(field);
  }

  String text(String field) {
    return String.valueOf(values.get(field));
  }
}
