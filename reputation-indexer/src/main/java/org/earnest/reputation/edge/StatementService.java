package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.ReputationStatement;
import org.earnest.core.reputation.ReputationStatements;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;
import org.earnest.kit.http.StatementAnswers;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.ReputationScope;

/** Says what an agent settled as a credential, which the agent may show to whom it likes. */
public final class StatementService implements HttpService {
  private final ReputationQueries queries;
  private final Caip10AccountId registry;
  private final Supplier<FollowProgress> progress;
  private final ReputationStatements statements;

  public StatementService(
      ReputationQueries queries,
      Caip10AccountId registry,
      Supplier<FollowProgress> progress,
      ReputationStatements statements) {
    this.queries = queries;
    this.registry = registry;
    this.progress = progress;
    this.statements = statements;
  }

  @Override
  public String name() {
    return "reputation-statements";
  }

  @Override
  public String openApiResource() {
    return "reputation-statements.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/agents/{agentId}/reputation/credential", this::statement);
  }

  private void statement(Context context) {
    Query.of(context, StatementAnswers.CRYPTOSUITE, StatementAnswers.FORMAT);
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    Read.Found<ReputationQueries.Reputation> read =
        Stamps.found(
            queries.reputation(
                id.tokenId(),
                new ReputationScope(
                    Optional.empty(), Optional.empty(), false, Optional.of(finalBlock()))));
    StatementAnswers.send(context, form -> statements.issue(statement(id, read), form));
  }

  /** What a reorganisation may still take back is not signed. */
  private long finalBlock() {
    return progress
        .get()
        .finalized()
        .orElseThrow(
            () ->
                Problem.of(
                        503,
                        "nothing_final",
                        "Nothing is final yet",
                        "The node names no final block yet; ask again later.")
                    .retry()
                    .asException());
  }

  private ReputationStatement statement(AgentId id, Read.Found<ReputationQueries.Reputation> read) {
    var state = read.value().agent().state();
    return new ReputationStatement(
        id,
        state.owner(),
        state.epoch(),
        read.value().totals().stream()
            .filter(total -> total.role() == Role.PAYEE)
            .map(
                total ->
                    new ReputationStatement.Total(
                        new Caip19AssetId(registry.chain(), total.token()), total.summary()))
            .toList(),
        read.at());
  }
}
