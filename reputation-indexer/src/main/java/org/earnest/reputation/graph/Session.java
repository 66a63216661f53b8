package org.earnest.reputation.graph;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.reputation.store.RecordedTimes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** The reads of one query, all of one snapshot and one thread. */
final class Session {
  /** Of a statement that was ended because it took too long. */
  private static final String CANCELED = "57014";

  private final Handle handle;
  private final BlockRef at;
  private final Ids ids;
  private final String registry;
  private final Budget budget;
  private final BlockClock clock;
  private final BlocksByTime blocks;
  private Optional<RuntimeException> broken = Optional.empty();
  private boolean hasFailed;

  Session(Handle handle, BlockRef at, String registry, BlockClock clock, TimeLimits limits) {
    this.handle = handle;
    this.at = at;
    this.ids = new Ids(at.chain());
    this.registry = registry;
    this.budget = new Budget(limits.query());
    this.clock = clock;
    this.blocks = new BlocksByTime(handle, at, clock, budget);
    StatementTexts.in(handle);
    handle.execute("set local statement_timeout = " + limits.read().toMillis());
  }

  /** A database that fails is no matter of one field. */
  void requireWhole() {
    broken.ifPresent(
        failure -> {
          throw failure;
        });
  }

  /** Whether nothing failed unexpectedly before. */
  boolean failsFirst() {
    boolean first = !hasFailed;
    hasFailed = true;
    return first;
  }

  BlockRef at() {
    return at;
  }

  /**
   * Only what there is now can be told.
   *
   * @param height of The Graph, as it was asked for
   */
  void requireAt(@Nullable Map<String, @Nullable Object> height) {
    if (height == null) {
      return;
    }
    height.forEach(
        (member, wanted) -> {
          boolean holds =
              wanted == null
                  || switch (member) {
                    case "hash" -> wanted.equals(at.hash().hex());
                    case "number" -> ((Integer) wanted).longValue() == at.number();
                    default -> ((Integer) wanted).longValue() <= at.number();
                  };
          if (!holds) {
            throw Refusal.notHeld(at.number());
          }
        });
  }

  Ids ids() {
    return ids;
  }

  Budget budget() {
    return budget;
  }

  List<Row> list(Listing listing) {
    List<Lead> leads =
        Lead.sought(listing)
            .map(sought -> read(() -> Lead.rarest(handle, at.chain(), sought)))
            .orElse(List.of());
    if (!leads.isEmpty() && leads.getFirst().leads(listing)) {
      Binds binds = new Binds();
      return all(listing.of(Entities.under(listing.entity(), leads, binds)), binds);
    }
    Optional<List<Row>> foremost =
        Entities.foremost(listing).map(this::all).filter(rows -> rows.size() == listing.first());
    return foremost.orElseGet(() -> all(listing));
  }

  private List<Row> all(Listing listing) {
    return all(listing, new Binds());
  }

  private List<Row> all(Listing listing, Binds binds) {
    return rows(listing.entity(), listing.page(new Where(ids, binds, blocks), binds), binds);
  }

  /** The feedback of several agents, for each a page. */
  List<Row> ofAgents(Listing listing, List<String> agents) {
    Binds binds = new Binds();
    String parents =
        binds.agents(agents.stream().map(id -> ids.agent(id).orElseThrow()).toList())
            + " p (agent_id)";
    return rows(
        listing.entity(),
        listing.pages(new Where(ids, binds, blocks), binds, parents, List.of("agent_id")),
        binds);
  }

  /** The responses to several entries, for each a page. */
  List<Row> ofFeedback(Listing listing, List<String> entries) {
    Binds binds = new Binds();
    String parents =
        binds.entries(entries.stream().map(id -> ids.feedback(id).orElseThrow()).toList())
            + " p (agent_id, client, feedback_index)";
    return rows(
        listing.entity(),
        listing.pages(
            new Where(ids, binds, blocks),
            binds,
            parents,
            List.of("agent_id", "client", "feedback_index")),
        binds);
  }

  /** Seconds since 1970, in the order of the blocks. */
  List<Long> times(List<BlockRef> of) {
    return clock.times(
        of, unknown -> read(() -> RecordedTimes.of(handle, at.chain(), unknown)), budget);
  }

  boolean hasErrors() {
    budget.takeRead();
    return handle
        .createQuery("select exists (select from reputation.quarantine where chain = ?)")
        .bind(0, at.chain().toString())
        .mapTo(Boolean.class)
        .one();
  }

  private List<Row> rows(Entity entity, String sql, Binds binds) {
    RowMapping mapping = new RowMapping(entity, ids, budget);
    return read(
        () -> {
          try (Query query = handle.createQuery(sql)) {
            binds.bindTo(query);
            return query
                .bind("chain", at.chain().toString())
                .bind("registry", registry)
                .setFetchSize(Bounds.MAX_FIRST)
                .map((row, context) -> mapping.row(row))
                .list();
          }
        });
  }

  private <T> T read(Supplier<T> reading) {
    budget.takeRead();
    try {
      return reading.get();
    } catch (StatementException failed) {
      if (failed.getCause() instanceof SQLException cause && CANCELED.equals(cause.getSQLState())) {
        throw budget.end(Refusal.timedOut());
      }
      broken = Optional.of(failed);
      throw failed;
    }
  }
}
