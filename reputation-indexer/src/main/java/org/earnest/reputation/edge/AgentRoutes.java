package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.store.AgentCriteria;
import org.earnest.reputation.store.AgentListing;
import org.earnest.reputation.store.AgentOrder;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.Standing;
import org.earnest.reputation.store.StandingScope;

/** Which agents there are, in which order, and side by side. */
final class AgentRoutes {
  static final int MIN_COMPARED = 2;
  static final int MAX_COMPARED = 10;
  private static final String[] LISTED = {
    "owner", "wallet", "tag", "token", "sort", "order", "limit", "cursor"
  };
  private static final String[] SEARCHED = {
    "tag",
    "token",
    "minSettled",
    "minVolume",
    "minRating",
    "minFeedback",
    "minAverage",
    "text",
    "capability",
    "credential",
    "minResponse",
    "minScore",
    "sort",
    "order",
    "limit",
    "cursor"
  };

  private final ReputationQueries queries;
  private final Caip10AccountId registry;
  private final ValidationRoutes validations;
  private final Stamps stamps;

  AgentRoutes(
      ReputationQueries queries,
      Caip10AccountId registry,
      ValidationRoutes validations,
      Stamps stamps) {
    this.queries = queries;
    this.validations = validations;
    this.registry = registry;
    this.stamps = stamps;
  }

  void addTo(Routes routes) {
    routes.get("/agents", this::agents);
    routes.get("/agents/{agentId}", this::agent);
    routes.get("/search", this::search);
    routes.get("/compare", this::compare);
  }

  private void agents(Context context) {
    Query query = Query.of(context, LISTED);
    page(context, query, AgentParameters.criteria(query, registry));
  }

  private void search(Context context) {
    Query query = Query.of(context, SEARCHED);
    AgentCriteria criteria = AgentParameters.criteria(query, registry);
    if (criteria.credential().isPresent()) {
      validations.require();
    }
    if (criteria.equals(AgentCriteria.none(AgentParameters.NO_SCOPE))) {
      throw Query.refusal("a search needs something to search for; /agents lists all");
    }
    page(context, query, criteria);
  }

  private void page(Context context, Query query, AgentCriteria criteria) {
    AgentOrder order = AgentParameters.order(query, criteria.scope());
    boolean descending = AgentParameters.descending(query, order);
    String listing =
        String.join(
            " ",
            context.path(),
            registry.toString(),
            criteria.toString(),
            order.name(),
            String.valueOf(descending));
    Optional<Cursor> cursor =
        Cursor.of(query, registry.chain(), listing, AgentParameters.POSITION_MEMBERS);
    Read.Found<AgentListing.Page> page =
        Stamps.found(
            queries.agents(
                cursor.map(Cursor::at),
                new AgentListing(
                    criteria,
                    order,
                    descending,
                    cursor.map(AgentParameters::position),
                    query.limit())));
    boolean inOneToken = criteria.scope().token().isPresent();
    context.json(
        new Answers.AgentPage(
            page.value().entries().stream()
                .map(entry -> Answers.agent(registry, entry.standing(), inOneToken))
                .toList(),
            page.value()
                .next()
                .map(end -> new Cursor(page.at(), AgentParameters.position(end)).write(listing)),
            stamps.at(page.at())));
  }

  private void agent(Context context) {
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    StandingScope scope = AgentParameters.scope(Query.of(context, "tag", "token"));
    Read.Found<List<Answers.AgentView>> found = views(List.of(id), scope);
    context.json(new Answers.AgentAnswer(found.value().getFirst(), stamps.at(found.at())));
  }

  private void compare(Context context) {
    Query query = Query.of(context, "ids", "tag", "token");
    List<AgentId> ids =
        List.of(query.text("ids").orElse("").split(",", -1)).stream()
            .map(id -> AgentParameter.parse(id, registry))
            .toList();
    if (ids.size() < MIN_COMPARED
        || ids.size() > MAX_COMPARED
        || ids.stream().distinct().count() < ids.size()) {
      throw Query.refusal(
          "query parameter ids: %d to %d different agents expected, with commas between"
              .formatted(MIN_COMPARED, MAX_COMPARED));
    }
    Read.Found<List<Answers.AgentView>> found = views(ids, AgentParameters.scope(query));
    context.json(new Answers.Comparison(found.value(), stamps.at(found.at())));
  }

  /** As they were asked for; 404 {@code agent_unknown} unless all are known. */
  private Read.Found<List<Answers.AgentView>> views(List<AgentId> ids, StandingScope scope) {
    Read.Found<List<Standing>> read =
        Stamps.found(queries.agents(ids.stream().map(AgentId::tokenId).toList(), scope));
    Map<BigInteger, Standing> byId =
        read.value().stream()
            .collect(Collectors.toMap(it -> it.agent().agentId(), Function.identity()));
    ids.stream()
        .filter(id -> !byId.containsKey(id.tokenId()))
        .findFirst()
        .ifPresent(
            id -> {
              throw Stamps.unknown(id.toString(), read.at());
            });
    return new Read.Found<>(
        read.at(),
        ids.stream()
            .map(id -> byId.get(id.tokenId()))
            .map(it -> Answers.agent(registry, it, scope.token().isPresent()))
            .toList());
  }
}
