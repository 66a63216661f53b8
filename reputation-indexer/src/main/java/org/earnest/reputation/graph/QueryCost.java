package org.earnest.reputation.graph;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a document asks for with its fragments written out, before anything looks closer at it. It
 * stops where a bound is passed, so that fragments in fragments take no more time than that.
 */
final class QueryCost {
  private static final String FIRST = "first";

  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final GraphQLSchema schema;
  private final Map<String, Object> variables;
  private int fields;
  private int steps;
  private long values;

  private QueryCost(GraphQLSchema schema, Map<String, Object> variables) {
    this.schema = schema;
    this.variables = variables;
  }

  /** Throws {@link Refusal} {@code query_too_complex}. */
  static void require(Document document, GraphQLSchema schema, Map<String, Object> variables) {
    QueryCost cost = new QueryCost(schema, variables);
    document
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(fragment -> cost.fragments.put(fragment.getName(), fragment));
    document
        .getDefinitionsOfType(OperationDefinition.class)
        .forEach(operation -> cost.add(operation.getSelectionSet(), "Query", 1, 1));
  }

  private void add(@Nullable SelectionSet selections, String type, int depth, long times) {
    if (selections == null) {
      return;
    }
    if (depth > Bounds.MAX_DEPTH) {
      throw Refusal.tooComplex("Fields are nested at most " + Bounds.MAX_DEPTH + " deep.");
    }
    for (Selection<?> selection : selections.getSelections()) {
      if (++steps > Bounds.MAX_TOKENS) {
        throw Refusal.tooComplex("The fragments of a query write out to too much.");
      }
      switch (selection) {
        case Field field -> add(field, type, depth, times);
        case InlineFragment inline -> add(inline.getSelectionSet(), type, depth, times);
        case FragmentSpread spread -> add(spread, type, depth, times);
        default -> throw new IllegalStateException("another kind of selection");
      }
    }
  }

  private void add(FragmentSpread spread, String type, int depth, long times) {
    FragmentDefinition fragment = fragments.get(spread.getName());
    if (fragment == null) {
      return;
    }
    if (!open.add(spread.getName())) {
      throw Refusal.tooComplex("A fragment is within itself.");
    }
    add(fragment.getSelectionSet(), type, depth, times);
    open.remove(spread.getName());
  }

  private void add(Field field, String type, int depth, long times) {
    if (field.getName().equals("__schema") || field.getName().equals("__type")) {
      // graphql-java bounds questions about the schema.
      return;
    }
    Optional<GraphQLFieldDefinition> asked = definition(type, field.getName());
    boolean isPage = asked.filter(it -> it.getArgument(FIRST) != null).isPresent();
    long each = isPage ? times * first(field) : times;
    values += each;
    if (++fields > Bounds.MAX_FIELDS) {
      throw Refusal.tooComplex("A query has at most " + Bounds.MAX_FIELDS + " fields.");
    }
    if (values > Bounds.MAX_VALUES) {
      throw Refusal.tooComplex(
          "The query may have to answer with more than %d values, lists within lists counted in full; say `first`."
              .formatted(Bounds.MAX_VALUES));
    }
    add(
        field.getSelectionSet(),
        asked.map(it -> GraphQLTypeUtil.unwrapAll(it.getType()).getName()).orElse(""),
        depth + 1,
        each);
  }

  /** Empty for what the schema does not have, which is refused later. */
  private Optional<GraphQLFieldDefinition> definition(String type, String field) {
    return schema.getType(type) instanceof GraphQLObjectType object
        ? Optional.ofNullable(object.getFieldDefinition(field))
        : Optional.empty();
  }

  private int first(Field field) {
    return field.getArguments().stream()
        .filter(argument -> argument.getName().equals(FIRST))
        .findFirst()
        .map(Argument::getValue)
        .map(
            value ->
                switch (value) {
                  case IntValue number -> held(number.getValue());
                  case VariableReference variable
                      when variables.get(variable.getName()) instanceof Number number ->
                      held(BigInteger.valueOf(number.longValue()));
                  default -> Bounds.MAX_FIRST;
                })
        .orElse(Bounds.DEFAULT_FIRST);
  }

  /** More than that is refused where it is read. */
  private static int held(BigInteger number) {
    return number.max(BigInteger.ONE).min(BigInteger.valueOf(Bounds.MAX_FIRST)).intValueExact();
  }
}
