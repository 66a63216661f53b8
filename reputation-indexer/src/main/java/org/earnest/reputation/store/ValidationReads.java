package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads what agents asked validators, each request with the answer that was given last. */
final class ValidationReads {
  /** Requests that are gone through for one page, whether they fit or not. */
  static final int WALKED = 1_000;

  private static final String WALK =
      "(select * from reputation.validation_request"
          + " where chain = :chain and agent_id = :agent_id"
          + " and (block_number, log_index) > (:block, :log_index)"
          + " order by block_number, log_index limit :walked) v";
  private static final String PAGE =
      "select v.block_number, v.block_hash, v.log_index, v.transaction, v.request_hash,"
          + " v.validator, "
          + Rows.shown("v.request_uri")
          + " as request_uri, "
          + RecordedTimes.ofLog("v")
          + " as time, l.time as last_time, l.block_number as last_block, l.block_hash as last_hash,"
          + " l.log_index as last_index, l.transaction as last_transaction, l.response, "
          + Rows.shown("l.tag")
          + " as tag, "
          + Rows.shown("l.response_uri")
          + " as response_uri, l.response_hash from "
          + WALK
          + " left join lateral (select of_request.*, "
          + RecordedTimes.ofLog("of_request")
          + " as time from reputation.validation_response of_request"
          + " where of_request.chain = v.chain and of_request.request_hash = v.request_hash"
          + " order by of_request.block_number desc, of_request.log_index desc limit 1) l on true"
          + " where true";
  private static final String ORDER = " order by v.block_number, v.log_index limit :limit";
  private static final String WALKED_TO =
      "select block_number, log_index from "
          + WALK
          + " order by block_number, log_index offset :walked - 1";

  private final Caip2ChainId chain;
  private final int walked;

  ValidationReads(Caip2ChainId chain, int walked) {
    this.chain = chain;
    this.walked = walked;
  }

  /** Oldest request first. */
  ValidationListing page(
      Handle handle, BigInteger agentId, ValidationFilter filter, LogPosition after, int limit) {
    Query query =
        walking(handle.createQuery(PAGE + conditions(filter) + ORDER), agentId, after)
            .bind("limit", limit);
    filter.validator().ifPresent(validator -> query.bind("validator", validator.hex()));
    filter.tag().ifPresent(tag -> query.bind("tag", tag));
    List<Validation> entries = query.map((row, context) -> validation(row)).list();
    return new ValidationListing(
        entries,
        entries.size() < limit
            ? walkedTo(handle, agentId, after)
            : Optional.of(LogPosition.of(entries.getLast().log())));
  }

  /** Where a walk ended that was not the last. */
  private Optional<LogPosition> walkedTo(Handle handle, BigInteger agentId, LogPosition after) {
    return walking(handle.createQuery(WALKED_TO), agentId, after)
        .map(
            (row, context) -> new LogPosition(row.getLong("block_number"), row.getInt("log_index")))
        .findOne();
  }

  private Query walking(Query query, BigInteger agentId, LogPosition after) {
    return query
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("block", after.block())
        .bind("log_index", after.logIndex())
        .bind("walked", walked);
  }

  private static String conditions(ValidationFilter filter) {
    return (filter.validator().isPresent() ? " and v.validator = :validator" : "")
        + (filter.tag().isPresent() ? " and l.tag = :tag" : "")
        + filter
            .answered()
            .map(answered -> " and l.response is " + (answered ? "not null" : "null"))
            .orElse("");
  }

  private Validation validation(ResultSet row) throws SQLException {
    return new Validation(
        Rows.ref(row, chain),
        RecordedTimes.of(row, "time"),
        new Hash32(row.getString("request_hash")),
        new EvmAddress(row.getString("validator")),
        row.getString("request_uri"),
        row.getString("last_hash") == null ? Optional.empty() : Optional.of(response(row)));
  }

  private Validation.Response response(ResultSet row) throws SQLException {
    LogRef log =
        new LogRef(
            new BlockRef(chain, row.getLong("last_block"), new Hash32(row.getString("last_hash"))),
            new Hash32(row.getString("last_transaction")),
            row.getInt("last_index"));
    return new Validation.Response(
        log,
        RecordedTimes.of(row, "last_time"),
        row.getInt("response"),
        row.getString("tag"),
        row.getString("response_uri"),
        new Hash32(row.getString("response_hash")));
  }
}
