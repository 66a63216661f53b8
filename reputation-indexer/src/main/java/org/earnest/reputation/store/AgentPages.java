package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Pages of agents in an order, each for a bounded effort. Where one criterion leaves few agents,
 * these are looked at; else agents are gone through in the order, so many for a page, whether they
 * fit or not. The SQL is put together of constants alone.
 */
final class AgentPages {
  private static final BigInteger MIN_BIGINT = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_BIGINT = BigInteger.valueOf(Long.MAX_VALUE);

  private final Caip2ChainId chain;
  private final Effort effort;

  /**
   * What a page may cost.
   *
   * @param few agents of a criterion that are looked at instead of all, where ids are the order
   * @param fewMeasured the same in another order, where the measure of each has to be looked up
   * @param walked agents that are gone through for one page
   */
  record Effort(int few, int fewMeasured, int walked) {
    static final Effort USUAL = new Effort(2_000, 1_000, 1_000);
  }

  AgentPages(Caip2ChainId chain, Effort effort) {
    this.chain = chain;
    this.effort = effort;
  }

  AgentListing.Page page(Handle handle, AgentListing asked) {
    AgentListing listing =
        asked
            .criteria()
            .card()
            .map(card -> asked.of(asked.criteria().with(CardWords.led(handle, card))))
            .orElse(asked);
    AgentCriteria criteria = listing.criteria();
    Optional<List<BigInteger>> few =
        Candidates.of(
            handle,
            criteria,
            listing.order() == AgentOrder.REGISTERED ? effort.few() : effort.fewMeasured(),
            query -> AgentConditions.bound(query, chain, criteria));
    return few.isPresent() ? page(handle, listing, few.get()) : walk(handle, listing);
  }

  private AgentListing.Page page(Handle handle, AgentListing listing, List<BigInteger> few) {
    List<AgentListing.Entry> entries =
        entries(
            handle
                .createQuery(page(listing, few(listing)))
                .bindArray("few", String.class, few.stream().map(BigInteger::toString).toList()),
            listing);
    return new AgentListing.Page(entries, full(listing, entries));
  }

  private AgentListing.Page walk(Handle handle, AgentListing listing) {
    List<AgentListing.Entry> entries =
        entries(
            handle.createQuery(page(listing, walked(listing))).bind("walked", effort.walked()),
            listing);
    return new AgentListing.Page(
        entries, full(listing, entries).or(() -> walkedTo(handle, listing)));
  }

  private static Optional<AgentPosition> full(
      AgentListing listing, List<AgentListing.Entry> entries) {
    return entries.size() < listing.limit()
        ? Optional.empty()
        : Optional.of(entries.getLast().position());
  }

  /** Where a walk ended that was not the last. */
  private Optional<AgentPosition> walkedTo(Handle handle, AgentListing listing) {
    return bound(
            handle.createQuery(
                "select measure, agent_id from ("
                    + walk(listing)
                    + ") w offset :walked - 1 limit 1"),
            listing)
        .bind("walked", effort.walked())
        .map(
            (row, context) ->
                new AgentPosition(Rows.integer(row, "measure"), Rows.integer(row, "agent_id")))
        .findOne();
  }

  private List<AgentListing.Entry> entries(Query query, AgentListing listing) {
    return bound(query, listing)
        .bind("limit", listing.limit())
        .map(
            (row, context) ->
                new AgentListing.Entry(StandingReads.standing(row), Rows.integer(row, "measure")))
        .list();
  }

  private static String page(AgentListing listing, String rows) {
    return StandingReads.standings(", a.measure", rows, listing.criteria().scope())
        + ordered(listing, "a.measure", "a.agent_id");
  }

  /**
   * Each agent is looked up by itself, so that none is after the last that is listed. Of one agent
   * rows of several epochs may stand at one place.
   */
  private static String walked(AgentListing listing) {
    return "select a.*, w.measure from ("
        + walk(listing)
        + " fetch first (:walked) rows with ties) w cross join lateral ("
        + agent(listing, "w.agent_id")
        + (isSettled(listing) ? " and a.epoch = w.epoch" : "")
        + " offset 0) a where true"
        + words(listing.criteria(), "w.agent_id", isLedByWords(listing) ? 1 : 0)
        + AgentConditions.measured(listing.criteria(), listing.order(), "w")
        + AgentConditions.others(listing.criteria(), listing.order())
        + ordered(listing, "w.measure", "w.agent_id")
        + " limit :limit";
  }

  private static String few(AgentListing listing) {
    boolean byId = listing.order() == AgentOrder.REGISTERED;
    return "select a.*, "
        + (byId ? "f.agent_id" : measure(listing.order()))
        + " as measure from (select agent_id from unnest(cast(:few as numeric[])) f (agent_id)"
        + (byId ? after(listing, "agent_id") + ordered(listing, "agent_id", "agent_id") : "")
        + ") f cross join lateral ("
        + agent(listing, "f.agent_id")
        + " offset 0) a"
        + (byId ? " where true" : " cross join lateral (" + measureOf(listing) + ") m where true")
        + (byId ? "" : after(listing, "m.agent_id"))
        + words(listing.criteria(), "f.agent_id", 0)
        + AgentConditions.others(listing.criteria(), AgentOrder.REGISTERED)
        + (byId
            ? ordered(listing, "f.agent_id", "f.agent_id")
            : ordered(listing, measure(listing.order()), "a.agent_id"))
        + " limit :limit";
  }

  private static String words(AgentCriteria criteria, String id, int known) {
    return criteria.card().map(card -> CardWords.all(card, id, known)).orElse("");
  }

  /** By its key, whatever the measure. */
  private static String measureOf(AgentListing listing) {
    return "select m.* from "
        + measured(listing)
        + " and m.agent_id = a.agent_id"
        + (isSettled(listing) ? " and m.epoch = a.epoch" : "")
        + " offset 0";
  }

  private static String agent(AgentListing listing, String id) {
    return "select a.* from reputation.agent a where a.chain = :chain and a.agent_id = "
        + id
        + AgentConditions.own(listing.criteria(), "a");
  }

  /** Of one table, in the order of one of its indexes. */
  private static String walk(AgentListing listing) {
    return "select m.agent_id, "
        + measure(listing.order())
        + " as measure"
        + told(listing.order())
        + " from "
        + measured(listing)
        + (listing.order() == AgentOrder.REGISTERED && led(listing).isEmpty()
            ? AgentConditions.own(listing.criteria(), "m")
            : "")
        + after(listing, "m.agent_id")
        + ordered(listing, measure(listing.order()), "m.agent_id");
  }

  private static String ordered(AgentListing listing, String measure, String id) {
    String direction = direction(listing);
    return " order by " + measure + direction + (measure.equals(id) ? "" : ", " + id + direction);
  }

  private static String after(AgentListing listing, String id) {
    if (listing.after().isEmpty()) {
      return "";
    }
    String beyond = listing.descending() ? " < " : " > ";
    return listing.order() == AgentOrder.REGISTERED
        ? (id.startsWith("m.") ? " and " : " where ") + id + beyond + ":after_agent"
        : " and ("
            + measure(listing.order())
            + ", "
            + id
            + ")"
            + beyond
            + "(:measure, :after_agent)";
  }

  private static String direction(AgentListing listing) {
    return listing.descending() ? " desc" : "";
  }

  private static String measure(AgentOrder order) {
    return switch (order) {
      case REGISTERED -> "m.agent_id";
      case ACTIVE -> "m.last_block";
      case FEEDBACK -> "m.average";
      case VOLUME -> "m.volume";
      case RATING -> "m.average_rating";
    };
  }

  /** What a criterion may ask of the row that has the measure. */
  private static String told(AgentOrder order) {
    return switch (order) {
      case REGISTERED, ACTIVE -> "";
      case FEEDBACK -> ", m.entries, m.average";
      case VOLUME, RATING -> ", m.epoch, m.volume, m.closed, m.rated, m.rating_sum";
    };
  }

  private static boolean isSettled(AgentListing listing) {
    return listing.order().needsToken();
  }

  /** Agents by their numbers, where what is asked for leads to all that are wanted. */
  private static Optional<String> led(AgentListing listing) {
    return listing
        .criteria()
        .credential()
        .map(it -> CredentialCriteria.agents() + " m")
        .or(
            () ->
                leadingWords(listing.criteria())
                    .map(card -> CardWords.agents(card, 0, eachWalked(listing))))
        .map(agents -> agents + " where true");
  }

  private static String eachWalked(AgentListing listing) {
    return after(listing, "m.agent_id")
        + ordered(listing, "m.agent_id", "m.agent_id")
        + " limit :walked";
  }

  private static Optional<CardCriteria> leadingWords(AgentCriteria criteria) {
    return criteria.credential().isPresent()
        ? Optional.empty()
        : criteria.card().filter(card -> !card.words().isEmpty());
  }

  private static boolean isLedByWords(AgentListing listing) {
    return listing.order() == AgentOrder.REGISTERED && leadingWords(listing.criteria()).isPresent();
  }

  /** The table that has the measure, with its condition. */
  private static String measured(AgentListing listing) {
    String settled =
        StandingReads.table(listing.criteria().scope())
            + " m where m.chain = :chain"
            + StandingReads.within(listing.criteria().scope(), "m");
    return switch (listing.order()) {
      case REGISTERED -> led(listing).orElse("reputation.agent m where m.chain = :chain");
      case ACTIVE -> "reputation.agent_activity m where m.chain = :chain";
      case FEEDBACK ->
          "reputation.feedback_standing m where m.chain = :chain and m.tag = :feedback_tag";
      case VOLUME -> settled;
      case RATING -> settled + " and m.average_rating is not null";
    };
  }

  private Query bound(Query query, AgentListing listing) {
    AgentConditions.bound(query, chain, listing.criteria());
    listing
        .after()
        .ifPresent(
            after -> {
              bindMeasure(query, listing.order(), after.measure());
              query.bind("after_agent", after.agentId());
            });
    return query;
  }

  /** In the type of its column: an index serves no comparison with another type. */
  private static void bindMeasure(Query query, AgentOrder order, BigInteger measure) {
    switch (order) {
      case ACTIVE, RATING ->
          query.bind("measure", measure.max(MIN_BIGINT).min(MAX_BIGINT).longValueExact());
      case REGISTERED, FEEDBACK, VOLUME -> query.bind("measure", measure);
    }
  }
}
