package org.earnest.kit.submission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.earnest.core.chain.Hex;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * One state that a submission had.
 *
 * @param state its name in lower case
 * @param at the database's clock
 * @param carrier the id of the submission whose transaction made this call
 */
public record SubmissionStep(
    String state,
    Instant at,
    Optional<String> transactionHash,
    Optional<Long> blockNumber,
    Optional<String> blockHash,
    Optional<String> code,
    Optional<String> reason,
    Optional<String> carrier) {
  static SubmissionStep read(ResultSet row, StatementContext context) throws SQLException {
    return new SubmissionStep(
        row.getString("state"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("tx_hash")),
        Optional.ofNullable(row.getObject("block_number", Long.class)),
        Optional.ofNullable(row.getString("block_hash")),
        Optional.ofNullable(row.getString("code")),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getBytes("carrier")).map(Hex::encode));
  }
}
