package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.reading.Card;
import org.earnest.reputation.reading.FileQueries;
import org.earnest.reputation.store.Agent;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationQueries;

/** What the files say that agents and clients point to, as far as it could be checked. */
public final class AgentFileService implements HttpService {
  private final ReputationQueries agents;
  private final FileQueries files;
  private final Caip10AccountId registry;
  private final Stamps stamps;

  public AgentFileService(
      ReputationQueries agents,
      FileQueries files,
      Caip10AccountId registry,
      Supplier<FollowProgress> progress) {
    this.agents = agents;
    this.files = files;
    this.registry = registry;
    this.stamps = new Stamps(progress);
  }

  @Override
  public String name() {
    return "agent-files";
  }

  @Override
  public String openApiResource() {
    return "agent-files.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/agents/{agentId}/card", this::card);
    routes.get("/agents/{agentId}/feedback/{client}/{index}/file", this::file);
  }

  private void card(Context context) {
    Query.of(context);
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    Read.Found<Agent> agent = Stamps.found(agents.agent(id.tokenId()));
    String uri = agent.value().state().uri();
    Optional<Card> card = uri.isEmpty() ? Optional.empty() : files.card(uri);
    context.json(FileAnswers.card(id, uri, card, stamps.at(agent.at())));
  }

  private void file(Context context) {
    Query.of(context);
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    EvmAddress client =
        Requests.parse("path parameter client", () -> new EvmAddress(context.pathParam("client")));
    long index = index(context.pathParam("index"));
    Read.Found<Agent> agent = Stamps.found(agents.agent(id.tokenId()));
    FileQueries.Given given =
        files
            .note(id.tokenId(), client, index)
            .orElseThrow(
                () ->
                    Problem.notFound(
                            "feedback_unknown",
                            "No feedback %d of %s on this agent is indexed."
                                .formatted(index, client))
                        .asException());
    context.json(FileAnswers.file(id, client, index, given, stamps.at(agent.at())));
  }

  private static long index(String text) {
    return Requests.parse(
        "path parameter index",
        () -> {
          if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("a number from 1 expected");
          }
          return Long.parseLong(text);
        });
  }
}
