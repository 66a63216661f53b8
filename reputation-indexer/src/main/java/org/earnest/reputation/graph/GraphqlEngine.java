package org.earnest.reputation.graph;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.InvalidSyntaxError;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.ParserOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.earnest.core.chain.ChainReader;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.Snapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers queries, each from one snapshot of the rows. */
public final class GraphqlEngine {
  private static final Logger LOG = LoggerFactory.getLogger(GraphqlEngine.class);

  private final Snapshots snapshots;
  private final FollowedContracts contracts;
  private final BlockClock clock;
  private final TimeLimits limits;
  private final String schema;
  private final Documents documents = new Documents();
  private final GraphQL graphql;

  public GraphqlEngine(
      Database database, ChainReader chain, FollowedContracts contracts, TimeLimits limits) {
    this.snapshots = new Snapshots(database, contracts.chain());
    this.contracts = contracts;
    this.clock = new BlockClock(chain, limits.read());
    this.limits = limits;
    this.schema = Schema.text();
    this.graphql =
        GraphQL.newGraphQL(Schema.executable(schema, new Fields(contracts)))
            .defaultDataFetcherExceptionHandler(GraphqlEngine::failed)
            .preparsedDocumentProvider(documents)
            .build();
  }

  /** The schema as a document. */
  public String schema() {
    return schema;
  }

  /**
   * A query.
   *
   * @param operation which of the document's, where it has several
   */
  public record Question(
      String document, Optional<String> operation, Map<String, Object> variables) {}

  /** An answer as GraphQL writes it down, {@code data} and {@code errors}. */
  public Read<Map<String, Object>> answer(Question question) {
    Parsing parsing = parse(question);
    return snapshots.readAt(
        Optional.empty(),
        (handle, at) -> {
          ExecutionResult result =
              switch (parsing) {
                case Parsing.Refused refused ->
                    ExecutionResult.newExecutionResult().addError(refused.error()).build();
                case Parsing.Parsed parsed ->
                    execute(
                        parsed.question(),
                        new Session(handle, at, contracts.registry().toString(), clock, limits));
              };
          return new Read.Found<>(at, Codes.coded(result));
        });
  }

  private sealed interface Parsing {
    record Parsed(Question question) implements Parsing {}

    record Refused(GraphQLError error) implements Parsing {}
  }

  private ExecutionResult execute(Question question, Session session) {
    ExecutionInput.Builder input =
        ExecutionInput.newExecutionInput(question.document())
            .variables(question.variables())
            .dataLoaderRegistry(Loaders.of(session))
            .graphQLContext(Map.of(Session.class, session, ParserOptions.class, Documents.PARSER));
    question.operation().ifPresent(input::operationName);
    ExecutionResult result = graphql.execute(input.build());
    session.requireWhole();
    return session
        .budget()
        .spent()
        .<ExecutionResult>map(
            why -> ExecutionResult.newExecutionResult().addError(Codes.error(why)).build())
        .orElse(result);
  }

  /** Before it is looked at any closer. */
  private Parsing parse(Question question) {
    try {
      Documents.Written document = documents.of(question.document());
      QueryCost.require(document.parsed(), graphql.getGraphQLSchema(), question.variables());
      return new Parsing.Parsed(
          new Question(document.text(), question.operation(), question.variables()));
    } catch (InvalidSyntaxException malformed) {
      InvalidSyntaxError error = malformed.toInvalidSyntaxError();
      return new Parsing.Refused(Codes.error("query_malformed", error.getMessage()));
    } catch (Refusal refusal) {
      return new Parsing.Refused(Codes.error(refusal));
    }
  }

  private static CompletableFuture<DataFetcherExceptionHandlerResult> failed(
      DataFetcherExceptionHandlerParameters field) {
    Throwable cause = field.getException();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    GraphqlErrorBuilder<?> error =
        GraphqlErrorBuilder.newError().path(field.getPath()).location(field.getSourceLocation());
    if (cause instanceof Refusal refusal) {
      error
          .message("%s", String.valueOf(refusal.getMessage()))
          .extensions(Map.of(Codes.CODE, refusal.code()));
    } else {
      if (Fields.session(field.getDataFetchingEnvironment()).failsFirst()) {
        LOG.error("a field of a GraphQL query could not be answered", cause);
      }
      error
          .message("The field could not be answered; the log says why.")
          .extensions(Map.of(Codes.CODE, "internal_error"));
    }
    return CompletableFuture.completedFuture(
        DataFetcherExceptionHandlerResult.newResult(error.build()).build());
  }
}
