package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.fold.FeedbackSummary;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads ERC-8004 feedback as it was up to a block. */
final class FeedbackReads {
  private static final String ENTRIES =
      " from reputation.feedback f left join reputation.feedback_revocation r"
          + " on r.chain = f.chain and r.agent_id = f.agent_id and r.client = f.client"
          + " and r.feedback_index = f.feedback_index and r.block_number <= :last_block";
  private static final String OF_AGENT =
      " where f.chain = :chain and f.agent_id = :agent_id and f.block_number <= :last_block";
  private static final String SOURCE =
      "select f.chain, f.block_number, f.block_hash, f.log_index, f.transaction, f.client,"
          + " f.feedback_index, f.value, f.value_decimals, r.feedback_index is not null as revoked";
  private static final String SELECT =
      SOURCE
          + ", f.agent_id, f.feedback_hash, "
          + Rows.shown("f.tag1")
          + " as tag1, "
          + Rows.shown("f.tag2")
          + " as tag2, "
          + Rows.shown("f.endpoint")
          + " as endpoint, "
          + Rows.shown("f.feedback_uri")
          + " as feedback_uri,"
          + " (select count(*) from reputation.feedback_response a where a.chain = f.chain"
          + " and a.agent_id = f.agent_id and a.client = f.client"
          + " and a.feedback_index = f.feedback_index"
          + " and a.block_number <= :last_block) as responses";

  /** In the words of {@link LateIndexes}. */
  private static final String VALUE = "reputation.scaled(f.value, f.value_decimals)";

  /** As much of an entry's texts as an index takes beside all else. */
  private static final int MAX_SHORT_TEXTS = 1_000;

  /** Of all, which an index alone answers where no tag is asked for. */
  private static final String GIVEN_SUMS =
      "select f.value_decimals, count(*) as given, sum(f.value) as total from reputation.feedback f"
          + OF_AGENT;

  /** Of those that were revoked, which are few. */
  private static final String REVOKED_SUMS =
      "select f.value_decimals, count(*) as given, sum(f.value) as total"
          + ENTRIES.replace("left join", "join")
          + OF_AGENT;

  private static final String BY_DECIMALS = " group by f.value_decimals";

  private static final String COUNTED =
      " where chain = :chain and agent_id = :agent_id and tag = :tag";
  private static final String STANDING =
      "select 'standing' as kind, 0 as decimals, entries, total from reputation.feedback_standing"
          + COUNTED
          + " union all select kind, decimals, entries, 0 from reputation.feedback_count"
          + COUNTED;

  private final Caip2ChainId chain;

  FeedbackReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  /** As of the head, whatever the number of entries: from what was added up when they came. */
  FeedbackAverage average(Handle handle, BigInteger agentId, ReputationScope scope) {
    Map<Integer, Long> uses = new HashMap<>();
    BigInteger total = BigInteger.ZERO;
    long revoked = 0;
    for (Counted counted : counted(handle, agentId, scope.feedbackTag().orElse(""))) {
      switch (counted.kind()) {
        case "standing" -> {
          uses.merge(0, counted.entries(), Long::sum);
          total = counted.total();
        }
        case "decimals" -> {
          uses.put(counted.decimals(), counted.entries());
          uses.merge(0, -counted.entries(), Long::sum);
        }
        case "revoked" -> revoked = counted.entries();
        default -> throw new IllegalStateException("nothing is counted as " + counted.kind());
      }
    }
    return new FeedbackAverage(
        FeedbackSummary.ofTotal(total, uses),
        revoked,
        evidence(handle, agentId, scope, Long.MAX_VALUE));
  }

  private record Counted(String kind, int decimals, long entries, BigInteger total) {}

  private List<Counted> counted(Handle handle, BigInteger agentId, String tag) {
    return handle
        .createQuery(STANDING)
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("tag", tag)
        .map(
            (row, context) ->
                new Counted(
                    row.getString("kind"),
                    row.getInt("decimals"),
                    row.getLong("entries"),
                    Rows.integer(row, "total")))
        .list();
  }

  /** As of an older block, from the entries. */
  FeedbackAverage average(
      Handle handle, BigInteger agentId, ReputationScope scope, long lastBlock) {
    FeedbackFilter filter = FeedbackFilter.tagged(scope.feedbackTag());
    List<FeedbackSummary.Sum> given = sums(handle, GIVEN_SUMS, agentId, filter, lastBlock);
    List<FeedbackSummary.Sum> revoked = sums(handle, REVOKED_SUMS, agentId, filter, lastBlock);
    return new FeedbackAverage(
        FeedbackSummary.ofSums(
            Stream.concat(given.stream(), revoked.stream().map(FeedbackSummary.Sum::taken))
                .toList()),
        revoked.stream().mapToLong(FeedbackSummary.Sum::count).sum(),
        evidence(handle, agentId, scope, lastBlock));
  }

  private List<FeedbackSummary.Sum> sums(
      Handle handle, String sums, BigInteger agentId, FeedbackFilter filter, long lastBlock) {
    return bound(
            handle.createQuery(sums + conditions(filter) + BY_DECIMALS), agentId, filter, lastBlock)
        .map(
            (row, context) ->
                new FeedbackSummary.Sum(
                    row.getInt("value_decimals"), row.getLong("given"), Rows.integer(row, "total")))
        .list();
  }

  /** A page of it. */
  List<FeedbackEntry> page(
      Handle handle, BigInteger agentId, FeedbackListing listing, BlockSpan span) {
    String conditions = conditions(listing.filter()) + span.conditions("f.") + after(listing);
    String direction = listing.order().direction();
    String page =
        listing.order().byValue()
            ? valued(conditions, direction)
            : listed(SELECT, conditions, direction);
    Query query =
        bound(handle.createQuery(page), agentId, listing.filter(), Long.MAX_VALUE)
            .bind("limit", listing.limit());
    span.bindTo(query);
    listing.after().ifPresent(last -> bind(query, last, listing.order()));
    return query.map((row, context) -> feedback(row)).list().stream()
        .map(given -> new FeedbackEntry(given, responses(handle, given)))
        .toList();
  }

  private static String after(FeedbackListing listing) {
    if (listing.after().isEmpty()) {
      return "";
    }
    String beyond = listing.order().beyond();
    return listing.order().byValue()
        ? " and ("
            + VALUE
            + ", f.block_number, f.log_index)"
            + beyond
            + "(:after, :block, :log_index)"
        : " and (f.block_number, f.log_index)" + beyond + "(:block, :log_index)";
  }

  private static void bind(Query query, FeedbackPosition last, EntryOrder order) {
    query.bind("block", last.block()).bind("log_index", last.logIndex());
    if (order.byValue()) {
      query.bind("after", last.value());
    }
  }

  /** A page in the order of the values, whatever the texts. */
  private static String valued(String conditions, String direction) {
    return SELECT
        + ", "
        + RecordedTimes.ofLog("f")
        + " as time"
        + ENTRIES
        + OF_AGENT
        + conditions
        + Stream.of(VALUE, "f.block_number", "f.log_index")
            .map(column -> column + direction)
            .collect(Collectors.joining(", ", " order by ", " limit :limit"));
  }

  private List<FeedbackSource> evidence(
      Handle handle, BigInteger agentId, ReputationScope scope, long lastBlock) {
    if (!scope.explained()) {
      return List.of();
    }
    FeedbackFilter filter = FeedbackFilter.tagged(scope.feedbackTag());
    return bound(
            handle.createQuery(listed(SOURCE, conditions(filter), " desc")),
            agentId,
            filter,
            lastBlock)
        .bind("limit", ReputationQueries.MAX_ENTRIES)
        .map((row, context) -> source(row))
        .list();
  }

  /**
   * A page in the order of the chain. Those whose texts are short are in an index with all that is
   * told of them; whether an entry is one of them is asked in the words of {@link LateIndexes}.
   */
  private static String listed(String select, String conditions, String direction) {
    String order =
        " order by block_number" + direction + ", log_index" + direction + " limit :limit";
    String some = select + ENTRIES + OF_AGENT + conditions + " and ";
    return "select listed.*, "
        + RecordedTimes.ofLog("listed")
        + " as time from ("
        + ("(" + some + textsAreShort("f.") + order + ")")
        + " union all "
        + ("(" + some + "not (" + textsAreShort("f.") + ")" + order + ")")
        + ") listed"
        + order;
  }

  /**
   * In SQL, whether an entry's texts are few bytes.
   *
   * @param row an alias with its dot, or nothing
   */
  static String textsAreShort(String row) {
    return Stream.of("tag1", "tag2", "endpoint", "feedback_uri")
        .map(text -> "octet_length(" + row + text + ")")
        .collect(Collectors.joining(" + ", "", " <= " + MAX_SHORT_TEXTS));
  }

  /** Only what is asked for: a condition that may be left out is one that no index serves. */
  private static String conditions(FeedbackFilter filter) {
    return (filter.client().isPresent() ? " and f.client = :client" : "")
        + (filter.tag().isPresent() ? " and (f.tag1 = :tag or f.tag2 = :tag)" : "")
        + (filter.minValue().isPresent() ? " and " + VALUE + " >= :min_value" : "")
        + (filter.maxValue().isPresent() ? " and " + VALUE + " <= :max_value" : "")
        + filter
            .revoked()
            .map(revoked -> " and r.feedback_index is " + (revoked ? "not null" : "null"))
            .orElse("");
  }

  private List<FeedbackEntry.Response> responses(Handle handle, Feedback of) {
    if (of.responses() == 0) {
      return List.of();
    }
    return handle
        .createQuery(
            "select "
                + Rows.REF
                + ", "
                + RecordedTimes.ofLog("response")
                + " as time, responder, response_hash, "
                + Rows.shown("response_uri")
                + " as response_uri"
                + " from reputation.feedback_response response where chain = ? and agent_id = ?"
                + " and client = ? and feedback_index = ?"
                + " order by block_number, log_index limit ?")
        .bind(0, chain.toString())
        .bind(1, of.agentId())
        .bind(2, of.client().hex())
        .bind(3, of.index())
        .bind(4, ReputationQueries.MAX_RESPONSES)
        .map(
            (row, context) ->
                new FeedbackEntry.Response(
                    Rows.ref(row, chain),
                    RecordedTimes.of(row, "time"),
                    new EvmAddress(row.getString("responder")),
                    row.getString("response_uri"),
                    new Hash32(row.getString("response_hash"))))
        .list();
  }

  private Query bound(Query query, BigInteger agentId, FeedbackFilter filter, long lastBlock) {
    query.bind("chain", chain.toString()).bind("agent_id", agentId).bind("last_block", lastBlock);
    filter.client().ifPresent(client -> query.bind("client", client.hex()));
    filter.tag().ifPresent(tag -> query.bind("tag", tag));
    filter.minValue().ifPresent(least -> query.bind("min_value", least));
    filter.maxValue().ifPresent(most -> query.bind("max_value", most));
    return query;
  }

  private FeedbackSource source(ResultSet row) throws SQLException {
    return new FeedbackSource(
        Rows.ref(row, chain),
        RecordedTimes.of(row, "time"),
        new EvmAddress(row.getString("client")),
        row.getLong("feedback_index"),
        Rows.integer(row, "value"),
        row.getInt("value_decimals"),
        row.getBoolean("revoked"));
  }

  private Feedback feedback(ResultSet row) throws SQLException {
    return new Feedback(
        Rows.ref(row, chain),
        RecordedTimes.of(row, "time"),
        Rows.integer(row, "agent_id"),
        new EvmAddress(row.getString("client")),
        row.getLong("feedback_index"),
        Rows.integer(row, "value"),
        row.getInt("value_decimals"),
        row.getString("tag1"),
        row.getString("tag2"),
        row.getString("endpoint"),
        row.getString("feedback_uri"),
        new Hash32(row.getString("feedback_hash")),
        row.getBoolean("revoked"),
        row.getLong("responses"));
  }
}
