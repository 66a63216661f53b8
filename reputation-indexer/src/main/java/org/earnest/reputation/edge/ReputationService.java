package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.ProblemException;
import org.earnest.kit.http.Readiness;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.store.Agent;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.Feedback;
import org.earnest.reputation.store.FeedbackPosition;
import org.earnest.reputation.store.RecordFilter;
import org.earnest.reputation.store.RecordPosition;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.Stamped;
import org.jspecify.annotations.Nullable;

/** Agents and their reputation over HTTP; every answer names the block that it holds for. */
public final class ReputationService implements HttpService {
  private static final String FIRST = "0";

  private final ReputationQueries queries;
  private final Caip10AccountId registry;
  private final Supplier<FollowProgress> progress;

  public ReputationService(
      ReputationQueries queries, Caip10AccountId registry, Supplier<FollowProgress> progress) {
    this.queries = queries;
    this.registry = registry;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "reputation-indexer";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public Readiness readiness() {
    return progress.get().readiness();
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/agents", this::agents);
    routes.get("/agents/{agentId}", this::agent);
    routes.get("/agents/{agentId}/reputation", this::reputation);
    routes.get("/agents/{agentId}/records", this::records);
    routes.get("/agents/{agentId}/feedback", this::feedback);
  }

  private void agents(Context context) {
    int limit = Page.limit(context);
    String listing = "agents:" + registry;
    List<String> after = position(context, listing, List.of(FIRST));
    Stamped<List<Agent>> page = begun(queries.agents(new BigInteger(after.getFirst()), limit));
    Optional<String> next =
        last(page.value(), limit)
            .map(agent -> Cursor.write(listing, List.of(agent.agentId().toString())));
    context.json(
        new Answers.AgentPage(
            page.value().stream().map(agent -> Answers.agent(registry, agent)).toList(),
            next,
            at(page.at())));
  }

  private void agent(Context context) {
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    Stamped<Agent> agent = known(id, queries.agent(id.tokenId()));
    context.json(new Answers.AgentAnswer(Answers.agent(registry, agent.value()), at(agent.at())));
  }

  private void reputation(Context context) {
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    Stamped<ReputationQueries.Reputation> read = known(id, queries.reputation(id.tokenId()));
    context.json(ReputationAnswers.reputation(registry, read.value(), at(read.at())));
  }

  private void records(Context context) {
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    int limit = Page.limit(context);
    RecordFilter filter = RecordParameters.filter(context);
    String listing = RecordParameters.listing(id, filter);
    RecordPosition after = RecordParameters.position(context, listing);
    Stamped<List<Evidence>> page = known(id, queries.records(id.tokenId(), filter, after, limit));
    Optional<String> next =
        last(page.value(), limit).map(last -> RecordParameters.cursor(listing, last));
    context.json(
        new ReputationAnswers.RecordPage(
            page.value().stream().map(ReputationAnswers::record).toList(), next, at(page.at())));
  }

  private void feedback(Context context) {
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    int limit = Page.limit(context);
    String listing = "feedback:" + id;
    Stamped<List<Feedback>> page =
        known(id, queries.feedback(id.tokenId(), feedbackPosition(context, listing), limit));
    Optional<String> next =
        last(page.value(), limit)
            .map(
                given ->
                    Cursor.write(
                        listing,
                        List.of(
                            Long.toString(given.log().block().number()),
                            Integer.toString(given.log().logIndex()))));
    context.json(
        new FeedbackAnswers.FeedbackPage(
            page.value().stream().map(FeedbackAnswers::feedback).toList(), next, at(page.at())));
  }

  private static List<String> position(Context context, String listing, List<String> start) {
    @Nullable String cursor = context.queryParam("cursor");
    return cursor == null ? start : Cursor.read(listing, start.size(), cursor);
  }

  private static FeedbackPosition feedbackPosition(Context context, String listing) {
    @Nullable String cursor = context.queryParam("cursor");
    if (cursor == null) {
      return FeedbackPosition.START;
    }
    List<String> parts = Cursor.read(listing, 2, cursor);
    try {
      return new FeedbackPosition(
          Long.parseLong(parts.getFirst()), Integer.parseInt(parts.getLast()));
    } catch (NumberFormatException tooLarge) {
      throw Cursor.invalid();
    }
  }

  private static <T> Optional<T> last(List<T> page, int limit) {
    return page.size() < limit ? Optional.empty() : Optional.of(page.getLast());
  }

  private static <T> T begun(Optional<T> read) {
    return read.orElseThrow(ReputationService::notBegun);
  }

  private static <T> Stamped<T> known(AgentId id, Optional<Stamped<Optional<T>>> read) {
    Stamped<Optional<T>> stamped = begun(read);
    Function<T, Stamped<T>> same = value -> new Stamped<>(stamped.at(), value);
    return stamped
        .value()
        .map(same)
        .orElseThrow(
            () ->
                Problem.notFound(
                        "agent_unknown",
                        "No agent %s was registered up to block %d; ask again if it was later."
                            .formatted(id, stamped.at().number()))
                    .asException());
  }

  private static ProblemException notBegun() {
    return Problem.of(
            503,
            "not_indexed_yet",
            "Nothing is indexed yet",
            "The indexer has not read its first block; /ready tells when it has.")
        .retry()
        .asException();
  }

  private Answers.At at(BlockRef block) {
    boolean isFinal =
        progress.get().finalized().filter(height -> height >= block.number()).isPresent();
    return new Answers.At(
        block.chain().toString(),
        block.number(),
        block.hash().hex(),
        isFinal ? "finalized" : "latest");
  }
}
