package org.earnest.reputation.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.reputation.store.ReputationQueries;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an entity are asked for, in which order.
 *
 * @param where a filter as the schema has it
 */
record Listing(
    Entity entity,
    int first,
    int skip,
    Optional<Column> order,
    boolean descending,
    Map<String, @Nullable Object> where) {

  /** These, as many as there are. */
  static Listing ofIds(Entity entity, List<String> ids) {
    return new Listing(
        entity, ids.size(), 0, Optional.empty(), false, Map.of("id_in", List.copyOf(ids)));
  }

  /** What a field's arguments say. */
  static Listing of(Entity entity, Map<String, ?> arguments) {
    int first = number(arguments, "first", Bounds.DEFAULT_FIRST, Bounds.MAX_FIRST);
    int skip = number(arguments, "skip", 0, Bounds.MAX_SKIP);
    Optional<Column> order =
        Optional.ofNullable(arguments.get("orderBy"))
            .map(field -> entity.column(String.valueOf(field)));
    return new Listing(
        entity,
        first,
        skip,
        order,
        "desc".equals(arguments.get("orderDirection")),
        where(arguments.get("where")));
  }

  /** Whether its order is that of the keys alone. */
  boolean isByKey() {
    return order.map(column -> entity.key().containsAll(column.order())).orElse(true);
  }

  /** The same of an entity that has the same fields. */
  Listing of(Entity same) {
    return new Listing(
        same, first, skip, order.map(column -> same.column(column.field())), descending, where);
  }

  @SuppressWarnings("unchecked") // an input object's keys are names
  private static Map<String, @Nullable Object> where(@Nullable Object filter) {
    return filter == null ? Map.of() : (Map<String, @Nullable Object>) filter;
  }

  private static int number(Map<String, ?> arguments, String name, int otherwise, int most) {
    int number = arguments.get(name) instanceof Integer given ? given : otherwise;
    if (number < 0 || number > most) {
      throw new Refusal("page_out_of_bounds", "The argument %s is 0 to %d.".formatted(name, most));
    }
    return number;
  }

  /** A page of all there are. */
  String page(Where filters, Binds binds) {
    return aliased(
        "select %s from (%s) $a%s order by %s"
            .formatted(columns(), rows(filters, binds, ""), entity.joins(), ordering()),
        "t");
  }

  /**
   * A page for each of several parents.
   *
   * @param parents rows of {@code p}, whose columns are {@code on}
   */
  String pages(Where filters, Binds binds, String parents, List<String> on) {
    String of =
        on.stream()
            .map(column -> " and $a." + column + " = p." + column)
            .collect(Collectors.joining());
    return aliased(
        "select %s from %s cross join lateral (%s) $a%s order by %s"
            .formatted(columns(), parents, rows(filters, binds, of), entity.joins(), ordering()),
        "t");
  }

  private String rows(Where filters, Binds binds, String of) {
    return "select $a.* from %s $a%s where $a.chain = :chain%s and %s order by %s limit %s offset %s"
        .formatted(
            entity.table(),
            entity.joins(),
            of,
            filters.of(entity, where, "t"),
            ordering(),
            binds.add(first),
            binds.add(skip));
  }

  /** Parts of keys have columns of their own. */
  private String columns() {
    return entity.columns().stream()
        .flatMap(
            column ->
                column.kind() == Kind.TIME
                    ? Stream.of(column.sql() + " as \"" + column.field() + "\"", hash(column))
                    : parts(column))
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> parts(Column column) {
    return Stream.iterate(0, part -> part < column.parts().size(), part -> part + 1)
        .map(
            part ->
                shown(column, column.parts().get(part))
                    + " as \""
                    + column.field()
                    + (part == 0 ? "" : part)
                    + "\"");
  }

  private static String shown(Column column, String part) {
    return column.kind() == Kind.STRING
        ? "left(" + part + ", " + ReputationQueries.MAX_TEXT + ")"
        : part;
  }

  /** Of the block, as the index knows it. */
  private static String hash(Column column) {
    return "(select b.hash from reputation.followed_block b where b.chain = $a.chain and b.number = "
        + column.sql()
        + ") as \""
        + column.field()
        + "Hash\"";
  }

  private String ordering() {
    String direction = descending ? " desc" : "";
    return Stream.concat(order.stream().flatMap(it -> it.order().stream()), entity.key().stream())
        .distinct()
        .map(part -> part + direction)
        .collect(Collectors.joining(", "));
  }

  /** SQL with its tables' aliases. */
  static String aliased(String sql, String alias) {
    return sql.replace("$", alias + "_");
  }
}
