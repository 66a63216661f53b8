package org.earnest.reputation.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A filter as SQL. Its members are those of the schema, which graphql-java has checked. */
final class Where {
  private static final Map<String, Map<String, Test>> TESTS =
      Entities.ALL.stream().collect(Collectors.toMap(Entity::type, Where::tests));

  private final Binds binds;
  private final Comparison comparison;
  private int tables;

  Where(Ids ids, Binds binds, BlocksByTime blocks) {
    this.binds = binds;
    this.comparison = new Comparison(ids, binds, blocks);
  }

  private record Test(Column column, Operator operator) {}

  private static Map<String, Test> tests(Entity entity) {
    Map<String, Test> tests = new HashMap<>();
    for (Column column : entity.columns()) {
      for (Operator operator : column.kind().operators()) {
        tests.put(column.field() + operator.suffix(), new Test(column, operator));
      }
    }
    return tests;
  }

  /**
   * All members hold.
   *
   * @param alias what its tables' aliases begin with
   */
  String of(Entity entity, Map<String, @Nullable Object> filter, String alias) {
    List<String> all = new ArrayList<>();
    filter.forEach((member, value) -> all.add(condition(entity, member, value, alias)));
    return all.isEmpty() ? "true" : "(" + String.join(" and ", all) + ")";
  }

  private String condition(Entity entity, String member, @Nullable Object value, String alias) {
    if (member.equals("and") || member.equals("or")) {
      return each(entity, member, list(value), alias);
    }
    Entity.@Nullable Related related = entity.related().get(member);
    if (related != null) {
      return related(related, object(value), alias);
    }
    @Nullable Test test = TESTS.getOrDefault(entity.type(), Map.of()).get(member);
    if (test == null) {
      throw new IllegalStateException("the schema has a filter that nobody knows: " + member);
    }
    return comparison.of(test.column(), test.operator(), value, alias);
  }

  private String each(Entity entity, String word, List<?> filters, String alias) {
    return filters.stream()
        .map(filter -> of(entity, object(filter), alias))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                all -> all.isEmpty() ? "true" : "(" + String.join(" " + word + " ", all) + ")"));
  }

  private String related(
      Entity.Related related, Map<String, @Nullable Object> filter, String outer) {
    binds.countRelated();
    Entity other = Entities.named(related.type());
    String alias = "n" + ++tables;
    String met =
        related.on().stream()
            .map(column -> "$a." + column + " = " + outer + "_a." + column)
            .collect(Collectors.joining(" and "));
    return Listing.aliased(
            "exists (select from %s $a%s where $a.chain = :chain and %s and "
                .formatted(other.table(), other.joins(), met),
            alias)
        + of(other, filter, alias)
        + ")";
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked") // an input object's keys are names
  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
