package org.earnest.reputation.graph;

import graphql.language.Argument;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a text where an id is asked for. Clients of The Graph declare variables that they give as
 * ids to be of the type String, which GraphQL itself refuses.
 */
final class IdVariables {
  private static final String ID = "id";

  private IdVariables() {}

  /** The same document with such variables declared as ids; empty where there are none. */
  @SuppressWarnings("rawtypes") // as the library's builder takes them
  static Optional<Document> declared(Document document) {
    List<Definition> definitions = new ArrayList<>();
    boolean same = true;
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof OperationDefinition operation && !texts(operation).isEmpty()) {
        same = false;
        definitions.add(declared(operation, texts(operation)));
      } else {
        definitions.add(definition);
      }
    }
    return same
        ? Optional.empty()
        : Optional.of(document.transform(changed -> changed.definitions(definitions)));
  }

  /** Variables that are ids and are declared as texts. */
  private static Set<String> texts(OperationDefinition operation) {
    Set<String> ids =
        operation.getSelectionSet().getSelectionsOfType(Field.class).stream()
            .flatMap(field -> field.getArguments().stream())
            .filter(argument -> argument.getName().equals(ID))
            .map(Argument::getValue)
            .filter(VariableReference.class::isInstance)
            .map(value -> ((VariableReference) value).getName())
            .collect(Collectors.toSet());
    return operation.getVariableDefinitions().stream()
        .filter(variable -> asId(variable.getType()).isPresent())
        .map(VariableDefinition::getName)
        .filter(ids::contains)
        .collect(Collectors.toSet());
  }

  private static OperationDefinition declared(OperationDefinition operation, Set<String> texts) {
    return operation.transform(
        changed ->
            changed.variableDefinitions(
                operation.getVariableDefinitions().stream()
                    .map(
                        variable ->
                            texts.contains(variable.getName()) ? declared(variable) : variable)
                    .toList()));
  }

  private static VariableDefinition declared(VariableDefinition variable) {
    return asId(variable.getType())
        .map(type -> variable.transform(changed -> changed.type(type)))
        .orElse(variable);
  }

  private static Optional<Type<?>> asId(Type<?> type) {
    return switch (type) {
      case NonNullType present when isText(present.getType()) ->
          Optional.of(new NonNullType(new TypeName("ID")));
      case TypeName name when isText(name) -> Optional.of(new TypeName("ID"));
      default -> Optional.empty();
    };
  }

  private static boolean isText(Type<?> type) {
    return type instanceof TypeName name && name.getName().equals("String");
  }
}
