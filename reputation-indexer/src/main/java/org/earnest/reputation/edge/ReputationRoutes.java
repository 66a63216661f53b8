package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.store.BlockTimes;
import org.earnest.reputation.store.EntryOrder;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.FeedbackEntry;
import org.earnest.reputation.store.FeedbackFilter;
import org.earnest.reputation.store.FeedbackListing;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.RecordFilter;
import org.earnest.reputation.store.RecordListing;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.ReputationScope;

/** What one agent settled and was told. */
final class ReputationRoutes {
  private final ReputationQueries queries;
  private final Caip10AccountId registry;
  private final BlockTimes times;
  private final Stamps stamps;

  ReputationRoutes(
      ReputationQueries queries, Caip10AccountId registry, BlockTimes times, Stamps stamps) {
    this.queries = queries;
    this.times = times;
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
    Query query = Query.of(context, DealParameters.KNOWN);
    int limit = query.limit();
    RecordFilter filter = DealParameters.filter(query);
    EntryOrder order = DealParameters.order(query, filter);
    String listing = DealParameters.listing(id, filter, order);
    Optional<Cursor> cursor =
        Cursor.of(query, registry.chain(), listing, DealParameters.POSITION_MEMBERS);
    Read.Found<List<Evidence>> page =
        Stamps.found(
            queries.records(
                cursor.map(Cursor::at),
                id.tokenId(),
                new RecordListing(filter, order, DealParameters.after(cursor), limit),
                times));
    context.json(
        new ReputationAnswers.DealPage(
            page.value().stream().map(ReputationAnswers::deal).toList(),
            Cursor.next(page, limit, listing, DealParameters::position),
            stamps.at(page.at())));
  }

  private void feedback(Context context) {
    AgentId id = agent(context);
    Query query = Query.of(context, FeedbackParameters.KNOWN);
    int limit = query.limit();
    FeedbackFilter filter = FeedbackParameters.filter(query);
    EntryOrder order = EntryParameters.order(query, false);
    String listing = FeedbackParameters.listing(id, filter, order);
    Optional<Cursor> cursor =
        Cursor.of(query, registry.chain(), listing, FeedbackParameters.POSITION_MEMBERS);
    Read.Found<List<FeedbackEntry>> page =
        Stamps.found(
            queries.feedback(
                cursor.map(Cursor::at),
                id.tokenId(),
                new FeedbackListing(filter, order, FeedbackParameters.after(cursor), limit),
                times));
    context.json(
        new FeedbackAnswers.FeedbackPage(
            page.value().stream().map(FeedbackAnswers::feedback).toList(),
            Cursor.next(page, limit, listing, FeedbackParameters::position),
            stamps.at(page.at())));
  }

  private AgentId agent(Context context) {
    return AgentParameter.parse(context.pathParam("agentId"), registry);
  }
}
