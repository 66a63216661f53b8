package org.earnest.reputation.graph;

import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of {@code schema.graphqls} with the queries, filters and orders that The Graph makes of
 * such types.
 */
final class Schema {
  private static final String TYPES = "schema.graphqls";
  private static final String BLOCK = "block: Block_height";
  private static final String PAGE =
      "first: Int = "
          + Bounds.DEFAULT_FIRST
          + ", skip: Int = 0, orderBy: %s, orderDirection: OrderDirection, where: %s, "
          + BLOCK;

  private Schema() {}

  /** As a document. */
  static String text() {
    return Stream.concat(
            Stream.of(types(), queries()),
            Entities.ALL.stream().flatMap(entity -> Stream.of(filter(entity), order(entity))))
        .collect(Collectors.joining("\n"));
  }

  static GraphQLSchema executable(String text, Fields fields) {
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .type("Query", fields::queries)
            .type("_Block_", fields::block);
    for (GraphQLScalarType scalar : List.of(Scalars.BIG_INT, Scalars.BIG_DECIMAL, Scalars.BYTES)) {
      wiring.scalar(scalar);
    }
    for (Entity entity : Entities.ALL) {
      wiring.type(entity.type(), type -> fields.of(entity, type));
    }
    return new SchemaGenerator()
        .makeExecutableSchema(new SchemaParser().parse(text), wiring.build());
  }

  private static String types() {
    try (InputStream file =
        Objects.requireNonNull(Schema.class.getResourceAsStream(TYPES), TYPES)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String queries() {
    return Entities.ALL.stream()
        .flatMap(
            entity ->
                Stream.concat(
                    entity.one().stream()
                        .map(one -> "  " + one + "(id: ID!, " + BLOCK + "): " + entity.type()),
                    Stream.of(
                        "  %s(%s): [%s!]!"
                            .formatted(
                                entity.many(),
                                PAGE.formatted(entity.orderType(), entity.filterType()),
                                entity.type()))))
        .collect(
            Collectors.joining(
                "\n",
                "type Query {\n",
                "\n  protocol(id: ID!): Protocol\n  protocols: [Protocol!]!\n  _meta(block: Block_height): _Meta_\n}\n"));
  }

  private static String filter(Entity entity) {
    Stream<String> own = entity.columns().stream().flatMap(column -> column.filters().stream());
    Stream<String> related =
        entity.related().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(it -> it.getKey() + ": " + Entities.named(it.getValue().type()).filterType());
    String type = entity.filterType();
    return Stream.of(own, related, Stream.of("and: [" + type + "!]", "or: [" + type + "!]"))
        .flatMap(members -> members)
        .collect(Collectors.joining("\n  ", "input " + type + " {\n  ", "\n}\n"));
  }

  private static String order(Entity entity) {
    return entity.columns().stream()
        .filter(column -> !column.order().isEmpty())
        .map(Column::field)
        .collect(Collectors.joining("\n  ", "enum " + entity.orderType() + " {\n  ", "\n}\n"));
  }
}
