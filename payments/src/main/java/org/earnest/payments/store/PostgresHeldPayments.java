package org.earnest.payments.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.escrow.HeldPayment;
import org.earnest.payments.escrow.HeldPayments;
import org.jdbi.v3.core.statement.StatementContext;

/** Payments in escrow in {@code payments.held_payment}. */
public final class PostgresHeldPayments implements HeldPayments {
  private static final String ADD =
      """
      insert into payments.held_payment
        (id, chain, operator, payer, receiver, token, amount, fetch_until, capture_until, refund_until,
         salt)
      values (:id, :chain, :operator, :payer, :receiver, :token, :amount, :fetchUntil, :captureUntil,
              :refundUntil, :salt)
      on conflict (id) do nothing
      """;

  private static final String OPEN =
      """
      select * from payments.held_payment
      where not ended and (capture_until, id) > (:until, :after)
      order by capture_until, id
      limit :most
      """;

  private static final String ENDED =
      "update payments.held_payment set ended = true where id = :id";

  private final Database database;

  /**
   * On a database that has the module's schema.
   *
   * @param database migrated to schema {@code payments}
   */
  public PostgresHeldPayments(Database database) {
    this.database = database;
  }

  @Override
  public void add(HeldPayment held) {
    PaymentInfo payment = held.payment();
    database.run(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("id", held.id().hex())
                .bind("chain", held.chain().toString())
                .bind("operator", payment.operator().hex())
                .bind("payer", payment.payer().hex())
                .bind("receiver", payment.receiver().hex())
                .bind("token", payment.token().hex())
                .bind("amount", new BigDecimal(payment.maxAmount()))
                .bind("fetchUntil", payment.preApprovalExpiry())
                .bind("captureUntil", payment.authorizationExpiry())
                .bind("refundUntil", payment.refundExpiry())
                .bind("salt", new BigDecimal(payment.salt()))
                .execute());
  }

  @Override
  public List<HeldPayment> open(Optional<HeldPayment> after, int most) {
    return database.call(
        handle ->
            handle
                .createQuery(OPEN)
                .bind("until", after.map(held -> held.payment().authorizationExpiry()).orElse(-1L))
                .bind("after", after.map(held -> held.id().hex()).orElse(""))
                .bind("most", most)
                .map(PostgresHeldPayments::held)
                .list());
  }

  @Override
  public void ended(Hash32 id) {
    database.run(handle -> handle.createUpdate(ENDED).bind("id", id.hex()).execute());
  }

  private static HeldPayment held(ResultSet row, StatementContext context) throws SQLException {
    return new HeldPayment(
        Caip2ChainId.parse(row.getString("chain")),
        new PaymentInfo(
            new EvmAddress(row.getString("operator")),
            new EvmAddress(row.getString("payer")),
            new EvmAddress(row.getString("receiver")),
            new EvmAddress(row.getString("token")),
            row.getBigDecimal("amount").toBigIntegerExact(),
            row.getLong("fetch_until"),
            row.getLong("capture_until"),
            row.getLong("refund_until"),
            0,
            0,
            EvmAddress.ZERO,
            row.getBigDecimal("salt").toBigIntegerExact()));
  }
}
