package org.earnest.reputation.graph;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.reputation.chain.FollowedContracts;
import org.jspecify.annotations.Nullable;

/** What each field is answered with. */
final class Fields {
  private final FollowedContracts contracts;

  Fields(FollowedContracts contracts) {
    this.contracts = contracts;
  }

  TypeRuntimeWiring.Builder queries(TypeRuntimeWiring.Builder query) {
    for (Entity entity : Entities.ALL) {
      entity
          .one()
          .ifPresent(
              one -> query.dataFetcher(one, root(entity, loaded(entity, Fields::idArgument))));
      query.dataFetcher(
          entity.many(),
          root(entity, asked -> session(asked).list(Listing.of(entity, asked.getArguments()))));
    }
    return query
        .dataFetcher("protocol", this::protocol)
        .dataFetcher("protocols", asked -> List.of(protocol()))
        .dataFetcher("_meta", this::meta);
  }

  /** What a query begins with. */
  private DataFetcher<?> root(Entity entity, DataFetcher<?> fetcher) {
    return asked -> {
      session(asked).requireAt(asked.getArgument("block"));
      return followed(entity, fetcher).get(asked);
    };
  }

  /** Nothing is told of what is not followed, as it would look like none. */
  private DataFetcher<?> followed(Entity entity, DataFetcher<?> fetcher) {
    boolean unknown =
        entity.equals(Entities.VALIDATION) && contracts.validationRegistry().isEmpty();
    return asked -> {
      if (unknown) {
        throw Refusal.noValidations();
      }
      return fetcher.get(asked);
    };
  }

  TypeRuntimeWiring.Builder of(Entity entity, TypeRuntimeWiring.Builder type) {
    type.defaultDataFetcher(new Value());
    switch (entity.type()) {
      case "Agent" -> {
        type.dataFetcher("registrationFile", loaded(Entities.CARDS, Fields::cardId));
        type.dataFetcher("feedback", nested(Entities.FEEDBACK, Loaders.FEEDBACK_OF_AGENT));
        type.dataFetcher("metadata", nested(Entities.METADATA, Loaders.METADATA_OF_AGENT));
        type.dataFetcher(
            "validations",
            followed(
                Entities.VALIDATION, nested(Entities.VALIDATION, Loaders.VALIDATIONS_OF_AGENT)));
      }
      case "AgentRegistrationFile", "AgentStats" ->
          type.dataFetcher("agent", loaded(Entities.AGENT, asked -> source(asked).text("id")));
      case "Feedback" -> {
        type.dataFetcher("agent", loaded(Entities.AGENT, asked -> source(asked).text("agent")));
        type.dataFetcher("feedbackFile", loaded(Entities.NOTE, asked -> source(asked).text("id")));
        type.dataFetcher("responses", nested(Entities.RESPONSE, Loaders.RESPONSES));
      }
      case "AgentMetadata", "Validation" ->
          type.dataFetcher("agent", loaded(Entities.AGENT, asked -> source(asked).text("agent")));
      case "FeedbackResponse" ->
          type.dataFetcher(
              "feedback", loaded(Entities.FEEDBACK, asked -> source(asked).text("feedback")));
      default -> {}
    }
    return type;
  }

  /**
   * Blocks are answered by their times. For all other values, of which there are hundreds, the
   * library need not gather what is known of the field.
   */
  private static final class Value implements LightDataFetcher<@Nullable Object> {
    @Override
    public @Nullable Object get(
        GraphQLFieldDefinition field, Object source, Supplier<DataFetchingEnvironment> asked) {
      Row row = (Row) source;
      Object value = row.value(field.getName());
      return switch (value) {
        case BlockRef block -> time(asked.get(), block);
        case String text -> row.budget().answered(text.length()) ? text : null;
        case List<?> texts -> {
          int chars = texts.stream().mapToInt(text -> text.toString().length()).sum();
          yield row.budget().answered(chars) ? texts : List.of();
        }
        case null, default -> value;
      };
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment asked) {
      return get(asked.getFieldDefinition(), source(asked), () -> asked);
    }
  }

  private static CompletionStage<Long> time(DataFetchingEnvironment asked, BlockRef block) {
    return Objects.requireNonNull(asked.<BlockRef, Long>getDataLoader(Loaders.TIMES)).load(block);
  }

  private interface IdOf {
    @Nullable String id(DataFetchingEnvironment asked);
  }

  private static DataFetcher<?> loaded(Entity entity, IdOf key) {
    return asked -> {
      String id = key.id(asked);
      return id == null
          ? null
          : Objects.requireNonNull(asked.<String, Row>getDataLoader(entity.type())).load(id);
    };
  }

  private static DataFetcher<?> nested(Entity entity, String loader) {
    return asked ->
        Objects.requireNonNull(asked.<Loaders.Nested, List<Row>>getDataLoader(loader))
            .load(
                new Loaders.Nested(
                    source(asked).text("id"), Listing.of(entity, asked.getArguments())));
  }

  private static @Nullable String cardId(DataFetchingEnvironment asked) {
    return (String) source(asked).value("registrationFile");
  }

  /** An id that is written in another way means the same; one that is none here, nothing. */
  private static @Nullable String idArgument(DataFetchingEnvironment asked) {
    String id = String.valueOf(asked.<Object>getArgument("id"));
    Ids ids = session(asked).ids();
    return Optional.of(id)
        .flatMap(
            text ->
                ids.agent(text)
                    .map(ids::agent)
                    .or(() -> ids.feedback(text).map(ids::feedback))
                    .or(() -> Ids.hash(text)))
        .orElse(null);
  }

  private @Nullable Map<String, Object> protocol(DataFetchingEnvironment asked) {
    Map<String, Object> protocol = protocol();
    return Objects.equals(protocol.get("id"), asked.getArgument("id")) ? protocol : null;
  }

  private Map<String, Object> protocol() {
    String chain = contracts.chain().reference();
    Map<String, Object> protocol = new HashMap<>();
    protocol.put("id", chain);
    protocol.put("chainId", chain);
    protocol.put("identityRegistry", contracts.identityRegistry().hex());
    protocol.put("reputationRegistry", contracts.reputationRegistry().hex());
    contracts
        .validationRegistry()
        .ifPresent(registry -> protocol.put("validationRegistry", registry.hex()));
    return protocol;
  }

  private Map<String, Object> meta(DataFetchingEnvironment asked) {
    Session session = session(asked);
    session.requireAt(asked.getArgument("block"));
    return Map.of(
        "deployment",
        contracts.registry().toString(),
        "hasIndexingErrors",
        session.hasErrors(),
        "block",
        session.at());
  }

  /** The node is asked for nothing but the time. */
  TypeRuntimeWiring.Builder block(TypeRuntimeWiring.Builder type) {
    return type.dataFetcher("hash", asked -> session(asked).at().hash().hex())
        .dataFetcher("number", asked -> session(asked).at().number())
        .dataFetcher("timestamp", asked -> time(asked, session(asked).at()));
  }

  private static Row source(DataFetchingEnvironment asked) {
    return Objects.requireNonNull(asked.<Row>getSource());
  }

  static Session session(DataFetchingEnvironment asked) {
    return Objects.requireNonNull(asked.getGraphQlContext().<Session>get(Session.class));
  }
}
