package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainReader;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.ProblemException;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Routes;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.graph.Bounds;
import org.earnest.reputation.graph.Codes;
import org.earnest.reputation.graph.GraphqlEngine;
import org.earnest.reputation.graph.TimeLimits;
import org.earnest.reputation.store.Read;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** GraphQL over HTTP; whatever is wrong is told as GraphQL tells it. */
public final class GraphqlService implements HttpService {
  private final GraphqlEngine engine;
  private final Stamps stamps;
  private final GraphqlTurns turns;
  private final TimeLimits limits;

  /**
   * Of one chain.
   *
   * @param turns of all chains
   */
  public GraphqlService(
      Database database,
      ChainReader chain,
      FollowedContracts contracts,
      Supplier<FollowProgress> progress,
      GraphqlTurns turns,
      TimeLimits limits) {
    this.engine = new GraphqlEngine(database, chain, contracts, limits);
    this.turns = turns;
    this.limits = limits;
    this.stamps = new Stamps(progress);
  }

  @Override
  public String name() {
    return "graphql";
  }

  @Override
  public String openApiResource() {
    return "graphql.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.post("/graphql", this::answer);
    routes.get(
        "/graphql/schema",
        context -> context.contentType("text/plain; charset=utf-8").result(engine.schema()));
  }

  private void answer(Context context) throws InterruptedException {
    try {
      GraphqlEngine.Question question = question(context);
      if (!turns.begin(limits.turn())) {
        throw Problem.of(503, "too_busy", "Too busy", "Too many queries at once; ask again later.")
            .retry()
            .asException();
      }
      try {
        Read.Found<Map<String, Object>> read = Stamps.found(engine.answer(question));
        Map<String, Object> answer = new LinkedHashMap<>(read.value());
        answer.put("extensions", Map.of("at", stamps.at(read.at())));
        send(context, 200, answer);
      } finally {
        turns.end();
      }
    } catch (ProblemException refused) {
      refuse(context, refused.problem());
    } catch (DatabaseUnavailableException unavailable) {
      refuse(
          context,
          Problem.of(503, unavailable.code(), "The database is not available", unavailable.detail())
              .retry());
    }
  }

  private static void refuse(Context context, Problem why) {
    send(context, why.status(), Codes.refusal(why.code(), why.detail(), why.retryable()));
  }

  private static void send(Context context, int status, Map<String, Object> answer) {
    context.status(status).contentType("application/json").result(StrictJson.write(answer));
  }

  private static GraphqlEngine.Question question(Context context) {
    byte[] body = context.bodyAsBytes();
    if (body.length > Bounds.MAX_BODY_BYTES) {
      throw Problem.of(
              413,
              "body_too_large",
              "The body is too large",
              "A query has at most %d bytes.".formatted(Bounds.MAX_BODY_BYTES))
          .asException();
    }
    JsonNode request = Requests.body(context);
    if (!request.path("query").isString()) {
      throw Query.refusal("the member query is a text");
    }
    return new GraphqlEngine.Question(
        request.path("query").stringValue(),
        Optional.of(request.path("operationName"))
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue),
        variables(request.path("variables")));
  }

  private static Map<String, Object> variables(JsonNode variables) {
    if (variables.isMissingNode() || variables.isNull()) {
      return Map.of();
    }
    if (!variables.isObject()) {
      throw Query.refusal("the member variables is an object");
    }
    return StrictJson.mapper().convertValue(variables, new TypeReference<>() {});
  }
}
