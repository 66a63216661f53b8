package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.fold.SummaryKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads settled summaries and the records that they add up. */
final class SettledReads {
  private static final String TOTALS =
      "select token, tag = :client_tag as as_client, sum(volume) as volume, sum(closed) as closed,"
          + " sum(rated) as rated, sum(rating_sum) as rating_sum, sum(missed) as missed,"
          + " sum(late) as late, sum(lost) as lost from reputation.settled_summary"
          + " where chain = :chain and agent_id = :agent_id and epoch = :epoch"
          + " and (cast(:tag as text) is null or tag = :tag)"
          + " group by token, as_client order by as_client, token limit :limit";
  private static final String EARNED =
      "select coalesce(sum(volume), 0) as volume, coalesce(sum(closed), 0) as closed,"
          + " coalesce(sum(rated), 0) as rated, coalesce(sum(rating_sum), 0) as rating_sum,"
          + " coalesce(sum(missed), 0) as missed, coalesce(sum(late), 0) as late,"
          + " coalesce(sum(lost), 0) as lost from reputation.settled_summary"
          + " where chain = :chain and agent_id = :agent_id and epoch = :epoch"
          + " and token = :token and tag <> :client_tag";
  private static final String RECORDS =
      "select records.*, "
          + RecordedTimes.ofLog("records")
          + " as time from ("
          + SettledRows.RECORD
          + ") records where chain = :chain and agent_id = :agent_id"
          + " and (cast(:role as text) is null or role = :role)"
          + " and (cast(:epoch as bigint) is null or epoch = :epoch)"
          + " and (cast(:token as text) is null or token = :token)"
          + " and (cast(:tag as text) is null or tag = :tag)";

  /** The newest records of each summary, each with the rating that it had then. */
  private static final String EVIDENCE =
      "select record.*, coalesce(record.rating, later.rating) as rated, "
          + RecordedTimes.ofLog("record")
          + " as time from unnest("
          + "cast(:epochs as bigint[]), cast(:tokens as text[]), cast(:tags as text[]))"
          + " sums (epoch, token, tag)"
          + " cross join lateral (select * from reputation.settled_record of_sum"
          + " where of_sum.chain = :chain and of_sum.agent_id = :agent_id"
          + " and of_sum.epoch = sums.epoch and of_sum.token = sums.token"
          + " and of_sum.tag = sums.tag and of_sum.block_number <= :last_block"
          + " order by block_number desc, log_index desc limit :limit) record"
          + " left join reputation.settled_rating later on later.chain = record.chain"
          + " and later.record_block_hash = record.block_hash"
          + " and later.record_log_index = record.log_index and later.role = record.role"
          + " and later.block_number <= :last_block"
          + " order by record.block_number desc, record.log_index desc";

  /** An agent's records up to a block, each with the rating that it had then. */
  static final String RECORDS_UP_TO =
      "(select record.*, coalesce(record.rating, later.rating) as rated_at"
          + " from reputation.settled_record record left join reputation.settled_rating later"
          + " on later.chain = record.chain and later.record_block_hash = record.block_hash"
          + " and later.record_log_index = record.log_index and later.role = record.role"
          + " and later.block_number <= :last_block"
          + " where record.chain = :chain and record.agent_id = :agent_id"
          + " and record.block_number <= :last_block"
          + " and (cast(:tag as text) is null or record.tag = :tag)) past";

  private final Caip2ChainId chain;

  /** A summary as it is, or as it was. */
  record Sum(SummaryKey key, SettledSummary summary) {}

  SettledReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  List<Total> totals(Handle handle, BigInteger agentId, long epoch, ReputationScope scope) {
    return handle
        .createQuery(TOTALS)
        .bind("client_tag", Contribution.CLIENT_TAG.hex())
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("epoch", epoch)
        .bind("tag", scope.settledTag().map(Hash32::hex).orElse(null))
        .bind("limit", ReputationQueries.MAX_SUMMARIES)
        .map((row, context) -> total(row))
        .list();
  }

  /** As payee, whatever the tags; {@link SettledSummary#NONE} where nothing was settled. */
  SettledSummary earned(Handle handle, BigInteger agentId, long epoch, EvmAddress token) {
    return handle
        .createQuery(EARNED)
        .bind("client_tag", Contribution.CLIENT_TAG.hex())
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("epoch", epoch)
        .bind("token", token.hex())
        .map((row, context) -> SettledRows.summary(row))
        .one();
  }

  List<Sum> sums(Handle handle, BigInteger agentId, ReputationScope scope) {
    return handle
        .createQuery(
            "select * from reputation.settled_summary where chain = :chain and agent_id = :agent_id"
                + " and (cast(:tag as text) is null or tag = :tag)"
                + " order by epoch desc, token, tag limit :limit")
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("tag", scope.settledTag().map(Hash32::hex).orElse(null))
        .bind("limit", ReputationQueries.MAX_SUMMARIES)
        .map((row, context) -> new Sum(SettledRows.key(row), SettledRows.summary(row)))
        .list();
  }

  List<Evidence> records(Handle handle, BigInteger agentId, RecordListing listing, BlockSpan span) {
    RecordFilter filter = listing.filter();
    Query query =
        handle
            .createQuery(RECORDS + span.conditions("") + after(listing) + arranged(listing.order()))
            .bind("chain", chain.toString())
            .bind("agent_id", agentId)
            .bind("role", filter.role().map(SettledReads::word).orElse(null))
            .bind("epoch", filter.epoch().orElse(null))
            .bind("token", filter.token().map(EvmAddress::hex).orElse(null))
            .bind("tag", filter.tag().map(Hash32::hex).orElse(null))
            .bind("limit", listing.limit());
    span.bindTo(query);
    listing.after().ifPresent(last -> bind(query, last, listing.order()));
    return query.map((row, context) -> evidence(row)).list();
  }

  private static String after(RecordListing listing) {
    if (listing.after().isEmpty()) {
      return "";
    }
    boolean byValue = listing.order().byValue();
    return (" and (" + String.join(", ", columns(listing.order())) + ")")
        + listing.order().beyond()
        + ("(" + (byValue ? ":gross, " : "") + ":block, :log_index, :after_role)");
  }

  private static String arranged(EntryOrder order) {
    return columns(order).stream()
        .map(column -> column + order.direction())
        .collect(Collectors.joining(", ", " order by ", " limit :limit"));
  }

  private static List<String> columns(EntryOrder order) {
    return order.byValue()
        ? List.of("gross", "block_number", "log_index", "role")
        : List.of("block_number", "log_index", "role");
  }

  private static void bind(Query query, RecordPosition last, EntryOrder order) {
    query
        .bind("block", last.block())
        .bind("log_index", last.logIndex())
        .bind("after_role", word(last.role()));
    if (order.byValue()) {
      query.bind("gross", last.gross());
    }
  }

  /** The newest records that summaries of one agent added up when a block was the last one. */
  Map<SummaryKey, List<Evidence>> evidence(
      Handle handle, BigInteger agentId, List<SummaryKey> sums, long lastBlock) {
    return handle
        .createQuery(EVIDENCE)
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bindArray("epochs", Long.class, sums.stream().map(SummaryKey::epoch).toList())
        .bindArray("tokens", String.class, sums.stream().map(sum -> sum.token().hex()).toList())
        .bindArray("tags", String.class, sums.stream().map(sum -> sum.tag().hex()).toList())
        .bind("last_block", lastBlock)
        .bind("limit", share(sums.size()))
        .map((row, context) -> evidence(row))
        .list()
        .stream()
        .collect(Collectors.groupingBy(each -> each.record().key()));
  }

  private static int share(int sums) {
    return Math.max(
        ReputationQueries.MIN_EVIDENCE, ReputationQueries.MAX_EVIDENCE / Math.max(1, sums));
  }

  private Evidence evidence(ResultSet row) throws SQLException {
    return new Evidence(
        Rows.ref(row, chain), RecordedTimes.of(row, "time"), SettledRows.contribution(row));
  }

  static Total total(ResultSet row) throws SQLException {
    return new Total(
        row.getBoolean("as_client") ? Role.CLIENT : Role.PAYEE,
        new EvmAddress(row.getString("token")),
        SettledRows.summary(row));
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
