package org.earnest.kit.submission;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.TransactionPlan;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table as the domain's record. */
final class SubmissionRow {
  private SubmissionRow() {}

  static Submission read(ResultSet row, StatementContext context) throws SQLException {
    Caip2ChainId chain = Caip2ChainId.parse(row.getString("chain"));
    SubmissionRequest request =
        new SubmissionRequest(
            row.getString("key"),
            new EvmAddress(row.getString("to_address")),
            row.getString("data"),
            integer(row, "value"),
            row.getBoolean("cancellable"));
    return new Submission(
        chain, new EvmAddress(row.getString("sender")), request, state(row, chain));
  }

  private static SubmissionState state(ResultSet row, Caip2ChainId chain) throws SQLException {
    return switch (StateName.of(row.getString("state"))) {
      case CLAIMED -> new SubmissionState.Claimed();
      case PREPARED -> new SubmissionState.Prepared(plan(row));
      case SIGNED -> new SubmissionState.Signed(transaction(row));
      case BROADCAST -> new SubmissionState.Broadcast(transaction(row));
      case MINED -> new SubmissionState.Mined(transaction(row), block(row, chain));
      case REVERTED ->
          new SubmissionState.Reverted(
              transaction(row), block(row, chain), row.getString("reason"));
      case EXPIRED -> new SubmissionState.Expired(transaction(row), block(row, chain));
      case FINAL ->
          new SubmissionState.Final(
              transaction(row), block(row, chain), Optional.ofNullable(row.getString("reason")));
      case REJECTED -> new SubmissionState.Rejected(row.getString("code"), row.getString("reason"));
      case REPLACED -> new SubmissionState.Replaced(transaction(row));
      case REORGANISED -> new SubmissionState.Reorganised(transaction(row));
      case CARRIED -> new SubmissionState.Carried(carrier(row), row.getInt("carrier_index"));
      case DISSOLVED -> new SubmissionState.Dissolved();
    };
  }

  static SignedTransaction transaction(ResultSet row) throws SQLException {
    TransactionPlan plan = plan(row);
    return new SignedTransaction(
        plan.signer(),
        plan.nonce(),
        new Hash32(row.getString("tx_hash")),
        row.getString("raw"),
        plan.gasLimit(),
        plan.maxFeePerGas(),
        plan.maxPriorityFeePerGas(),
        row.getBoolean("cancels"));
  }

  private static TransactionPlan plan(ResultSet row) throws SQLException {
    return new TransactionPlan(
        new EvmAddress(row.getString("signer")),
        row.getLong("nonce"),
        integer(row, "gas_limit"),
        integer(row, "max_fee_per_gas"),
        integer(row, "max_priority_fee_per_gas"));
  }

  private static SubmissionId carrier(ResultSet row) throws SQLException {
    return new SubmissionId(Hash32.of(row.getBytes("carrier")));
  }

  private static BlockRef block(ResultSet row, Caip2ChainId chain) throws SQLException {
    return new BlockRef(
        chain, row.getLong("block_number"), new Hash32(row.getString("block_hash")));
  }

  private static BigInteger integer(ResultSet row, String column) throws SQLException {
    BigDecimal number = row.getBigDecimal(column);
    return number.toBigIntegerExact();
  }
}
