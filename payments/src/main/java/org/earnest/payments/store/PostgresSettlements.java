package org.earnest.payments.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.TransferMethod;
import org.earnest.payments.facilitator.Settlement;
import org.earnest.payments.facilitator.SettlementState;
import org.earnest.payments.facilitator.Settlements;
import org.jdbi.v3.core.statement.StatementContext;

/** Settlements in {@code payments.settlement}. */
public final class PostgresSettlements implements Settlements {
  private static final String FIND = "select * from payments.settlement where id = :id";

  private static final String BEGIN =
      """
      insert into payments.settlement
        (id, method, chain, token, payer, nonce, pay_to, amount, calldata, valid_before, begun_block,
         state)
      values (:id, :method, :chain, :token, :payer, :nonce, :payTo, :amount, :calldata, :validBefore,
              :begunBlock, 'submitted')
      on conflict do nothing
      """;

  private static final String ADVANCE =
      """
      update payments.settlement
      set state = :state, final = :final, transaction = :transaction, reason = :reason, detail = :detail,
          changed_at = now()
      where id = :id and calldata = :calldata and state = :seen and not final
      """;

  private final Database database;

  /**
   * On a database that has the module's schema.
   *
   * @param database migrated to schema {@code payments}
   */
  public PostgresSettlements(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Settlement> find(Hash32 id) {
    return database.call(
        handle ->
            handle
                .createQuery(FIND)
                .bind("id", id.hex())
                .map(PostgresSettlements::settlement)
                .findOne());
  }

  @Override
  public Settlement begin(Settlement settlement) {
    PaymentKey key = settlement.key();
    database.run(
        handle ->
            handle
                .createUpdate(BEGIN)
                .bind("id", settlement.id().hex())
                .bind("method", key.method().text())
                .bind("chain", key.asset().chain().toString())
                .bind("token", key.asset().token().hex())
                .bind("payer", key.from().hex())
                .bind("nonce", key.nonce().hex())
                .bind("payTo", settlement.payTo().hex())
                .bind("amount", new BigDecimal(settlement.amount()))
                .bind("calldata", settlement.calldata())
                .bind("validBefore", new BigDecimal(settlement.validBefore()))
                .bind("begunBlock", settlement.begunIn())
                .execute());
    return find(settlement.id()).orElseThrow();
  }

  @Override
  public boolean advance(Settlement seen, Settlement next) {
    return database.call(
        handle ->
            handle
                    .createUpdate(ADVANCE)
                    .bind("id", next.id().hex())
                    .bind("calldata", next.calldata())
                    .bind("seen", seen.state().text())
                    .bind("final", next.isFinal())
                    .bind("state", next.state().text())
                    .bind("transaction", next.transaction().map(Hash32::hex))
                    .bind("reason", next.reason())
                    .bind("detail", next.detail())
                    .execute()
                > 0);
  }

  private static Settlement settlement(ResultSet row, StatementContext context)
      throws SQLException {
    Caip19AssetId asset =
        new Caip19AssetId(
            Caip2ChainId.parse(row.getString("chain")), new EvmAddress(row.getString("token")));
    return new Settlement(
        new PaymentKey(
            TransferMethod.of(row.getString("method")),
            asset,
            new EvmAddress(row.getString("payer")),
            new Hash32(row.getString("nonce"))),
        new EvmAddress(row.getString("pay_to")),
        row.getBigDecimal("amount").toBigIntegerExact(),
        row.getString("calldata"),
        row.getBigDecimal("valid_before").toBigIntegerExact(),
        row.getLong("begun_block"),
        SettlementState.of(row.getString("state")),
        row.getBoolean("final"),
        Optional.ofNullable(row.getString("transaction")).map(Hash32::new),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("detail")));
  }
}
