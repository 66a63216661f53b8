package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.FeedbackEntry;
import org.earnest.reputation.store.FeedbackFilter;
import org.earnest.reputation.store.FeedbackPosition;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.RecordFilter;
import org.earnest.reputation.store.RecordPosition;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.ReputationScope;

/** What one agent settled and was told. */
final class ReputationRoutes {
  private static final int FEEDBACK_MEMBERS = 2;

  private final ReputationQueries queries;
  private final Caip10AccountId registry;
  private final Stamps stamps;

  ReputationRoutes(ReputationQueries queries, Caip10AccountId registry, Stamps stamps) {
    this.queries = queries;
    this.registry = registry;
    this.stamps = stamps;
  }

  void addTo(Routes routes) {
    routes.get("/agents/{agentId}/reputation", this::reputation);
    routes.get("/agents/{agentId}/deals", this::deals);
    routes.get("/agents/{agentId}/feedback", this::feedback);
  }

  private void reputation(Context context) {
    AgentId id = agent(context);
    Query query = Query.of(context, "tag", "explain", "atBlock");
    Optional<Tag> tag = query.optional("tag", Tag::parse);
    boolean explained = query.optional("explain", Words::flag).orElse(true);
    ReputationScope scope =
        new ReputationScope(
            tag.map(Tag::settled),
            tag.map(Tag::text),
            explained,
            query.optional("atBlock", Words::block));
    Read.Found<ReputationQueries.Reputation> read =
        Stamps.found(queries.reputation(id.tokenId(), scope));
    context.json(
        ReputationAnswers.reputation(registry, read.value(), explained, stamps.at(read.at())));
  }

  private void deals(Context context) {
    AgentId id = agent(context);
    Query query = Query.of(context, "role", "epoch", "token", "tag", "limit", "cursor");
    int limit = query.limit();
    RecordFilter filter = DealParameters.filter(query);
    String listing = DealParameters.listing(id, filter);
    Optional<Cursor> cursor =
        Cursor.of(query, registry.chain(), listing, DealParameters.POSITION_MEMBERS);
    RecordPosition after = DealParameters.position(cursor);
    Read.Found<List<Evidence>> page =
        Stamps.found(queries.records(cursor.map(Cursor::at), id.tokenId(), filter, after, limit));
    context.json(
        new ReputationAnswers.DealPage(
            page.value().stream().map(ReputationAnswers::deal).toList(),
            Cursor.next(page, limit, listing, DealParameters::position),
            stamps.at(page.at())));
  }

  private void feedback(Context context) {
    AgentId id = agent(context);
    Query query = Query.of(context, "client", "tag", "revoked", "limit", "cursor");
    int limit = query.limit();
    FeedbackFilter filter =
        new FeedbackFilter(
            query.optional("client", EvmAddress::new),
            query.optional("tag", Tag::parse).map(Tag::text),
            query.optional("revoked", Words::flag));
    String listing = "feedback " + id + " " + filter;
    Optional<Cursor> cursor = Cursor.of(query, registry.chain(), listing, FEEDBACK_MEMBERS);
    FeedbackPosition after = position(cursor);
    Read.Found<List<FeedbackEntry>> page =
        Stamps.found(queries.feedback(cursor.map(Cursor::at), id.tokenId(), filter, after, limit));
    context.json(
        new FeedbackAnswers.FeedbackPage(
            page.value().stream().map(FeedbackAnswers::feedback).toList(),
            Cursor.next(page, limit, listing, last -> position(last.feedback().log())),
            stamps.at(page.at())));
  }

  private AgentId agent(Context context) {
    return AgentParameter.parse(context.pathParam("agentId"), registry);
  }

  static List<String> position(LogRef log) {
    return List.of(Long.toString(log.block().number()), Integer.toString(log.logIndex()));
  }

  static FeedbackPosition position(Optional<Cursor> cursor) {
    try {
      return cursor
          .map(Cursor::position)
          .map(
              parts ->
                  new FeedbackPosition(
                      Long.parseLong(parts.getFirst()), Integer.parseInt(parts.getLast())))
          .orElse(FeedbackPosition.START);
    } catch (NumberFormatException tooLarge) {
      throw Cursor.invalid();
    }
  }
}
