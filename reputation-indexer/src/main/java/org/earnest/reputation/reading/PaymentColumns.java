package org.earnest.reputation.reading;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Columns;
import org.earnest.reputation.file.PaymentVerdict;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** A verdict on a payment in its columns. */
record PaymentColumns(
    @Nullable String payment,
    @Nullable String code,
    @Nullable String detail,
    @Nullable String transaction,
    @Nullable String token,
    @Nullable BigInteger amount) {
  private static final PaymentColumns NONE = new PaymentColumns(null, null, null, null, null, null);

  static PaymentColumns of(Optional<PaymentVerdict> verdict) {
    return verdict.map(PaymentColumns::of).orElse(NONE);
  }

  private static PaymentColumns of(PaymentVerdict verdict) {
    return switch (verdict) {
      case PaymentVerdict.Absent absent ->
          new PaymentColumns("absent", null, null, null, null, null);
      case PaymentVerdict.Verified verified ->
          new PaymentColumns(
              "verified",
              null,
              null,
              verified.transaction().hex(),
              verified.token().map(token -> token.token().hex()).orElse(null),
              verified.amount());
      case PaymentVerdict.Wrong wrong ->
          new PaymentColumns("wrong", wrong.code(), wrong.detail(), null, null, null);
      case PaymentVerdict.Unknown unknown ->
          new PaymentColumns("unknown", unknown.code(), unknown.detail(), null, null, null);
    };
  }

  Update bindTo(Update update) {
    return update
        .bind("payment", payment)
        .bind("payment_code", code)
        .bind("payment_detail", detail)
        .bind("payment_transaction", transaction)
        .bind("payment_token", token)
        .bind("payment_amount", amount);
  }

  /** From a row with the column {@code claimed_before}. */
  static Optional<PaymentVerdict> read(ResultSet row, Caip2ChainId chain) throws SQLException {
    Optional<String> payment = Columns.text(row, "payment");
    return payment.isEmpty() ? Optional.empty() : Optional.of(verdict(payment.get(), row, chain));
  }

  private static PaymentVerdict verdict(String payment, ResultSet row, Caip2ChainId chain)
      throws SQLException {
    return switch (payment) {
      case "absent" -> new PaymentVerdict.Absent();
      case "verified" ->
          row.getBoolean("claimed_before")
              ? new PaymentVerdict.Wrong(
                  "claimed_before", "An earlier feedback names the same payment.")
              : new PaymentVerdict.Verified(
                  new Hash32(row.getString("payment_transaction")),
                  Columns.text(row, "payment_token")
                      .map(token -> new Caip19AssetId(chain, new EvmAddress(token))),
                  row.getBigDecimal("payment_amount").toBigIntegerExact());
      case "wrong" ->
          new PaymentVerdict.Wrong(row.getString("payment_code"), row.getString("payment_detail"));
      case "unknown" ->
          new PaymentVerdict.Unknown(
              row.getString("payment_code"), row.getString("payment_detail"));
      default -> throw new IllegalStateException("no verdict is called " + payment);
    };
  }
}
