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
  private static final String PAGE =
      "select v.block_number, v.block_hash, v.log_index, v.transaction, v.request_hash,"
          + " v.validator, "
          + Rows.shown("v.request_uri")
          + " as request_uri, l.block_number as last_block, l.block_hash as last_hash,"
          + " l.log_index as last_index, l.transaction as last_transaction, l.response, "
          + Rows.shown("l.tag")
          + " as tag, "
          + Rows.shown("l.response_uri")
          + " as response_uri, l.response_hash from reputation.validation_request v"
          + " left join lateral (select * from reputation.validation_response of_request"
          + " where of_request.chain = v.chain and of_request.request_hash = v.request_hash"
          + " order by of_request.block_number desc, of_request.log_index desc limit 1) l on true"
          + " where v.chain = :chain and v.agent_id = :agent_id"
          + " and (v.block_number, v.log_index) > (:block, :log_index)";
  private static final String ORDER = " order by v.block_number, v.log_index limit :limit";

  private final Caip2ChainId chain;

  ValidationReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  /** Oldest request first. */
  List<Validation> page(
      Handle handle,
      BigInteger agentId,
      ValidationFilter filter,
      FeedbackPosition after,
      int limit) {
    Query query =
        handle
            .createQuery(PAGE + conditions(filter) + ORDER)
            .bind("chain", chain.toString())
            .bind("agent_id", agentId)
            .bind("block", after.block())
            .bind("log_index", after.logIndex())
            .bind("limit", limit);
    filter.validator().ifPresent(validator -> query.bind("validator", validator.hex()));
    filter.tag().ifPresent(tag -> query.bind("tag", tag));
    return query.map((row, context) -> validation(row)).list();
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
        row.getInt("response"),
        row.getString("tag"),
        row.getString("response_uri"),
        new Hash32(row.getString("response_hash")));
  }
}
