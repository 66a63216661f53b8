package org.earnest.reputation.edge;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.reputation.store.EntryOrder;
import org.earnest.reputation.store.TimeSpan;

/** What the listings of an agent's entries are asked for alike. */
final class EntryParameters {
  private EntryParameters() {}

  static EntryOrder order(Query query, boolean descendingUnlessSaid) {
    return new EntryOrder(
        query.optional("sort", EntryParameters::sort).orElse(EntryOrder.Sort.TIME),
        query.optional("order", Words::descending).orElse(descendingUnlessSaid));
  }

  static TimeSpan span(Query query) {
    TimeSpan span =
        new TimeSpan(query.optional("from", Words::time), query.optional("to", Words::time));
    if (span.from().flatMap(from -> span.to().filter(to -> to <= from)).isPresent()) {
      throw Query.refusal("query parameter to: a time after from expected");
    }
    return span;
  }

  /** Where the page before ended. */
  static <T> Optional<T> after(Optional<Cursor> cursor, Function<List<String>, T> position) {
    try {
      return cursor.map(Cursor::position).map(position);
    } catch (NumberFormatException tooLarge) {
      throw Cursor.invalid();
    }
  }

  private static EntryOrder.Sort sort(String text) {
    return switch (text) {
      case "time" -> EntryOrder.Sort.TIME;
      case "value" -> EntryOrder.Sort.VALUE;
      default -> throw new IllegalArgumentException("time or value expected");
    };
  }
}
