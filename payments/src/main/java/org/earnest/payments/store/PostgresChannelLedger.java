package org.earnest.payments.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.till.ChannelAccount;
import org.earnest.payments.till.ChannelLedger;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireJson;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Channels in {@code payments.channel} and the tables that belong to it. */
public final class PostgresChannelLedger implements ChannelLedger {
  private static final String SELECT =
      """
      select c.*, coalesce((select max(top) from payments.channel_sale where channel = c.id), 0)
        as cursor
      from payments.channel c
      """;

  /**
   * Of several looks at the chain the one that shows more wins, as they may cross; after a while
   * the later one, as a reorganisation takes back. What it took back of a refund may be shown
   * again.
   */
  private static final String SEEN =
      """
      insert into payments.channel as c
        (id, offer, config, balance, total_claimed, withdraw_requested_at, refund_nonce, seen_at,
         moved_at, earned)
      values (:id, :offer, :config, :balance, :claimed, :requested, :nonce, :at, :at, :claimed)
      on conflict (id) do update
        set offer = excluded.offer, balance = excluded.balance,
            total_claimed = excluded.total_claimed,
            withdraw_requested_at = excluded.withdraw_requested_at,
            withheld = case
              when excluded.refund_nonce > c.refund_nonce then 0
              when excluded.refund_nonce < c.refund_nonce
                then greatest(c.withheld, excluded.balance - c.balance)
              else c.withheld end,
            refund_nonce = excluded.refund_nonce, seen_at = excluded.seen_at,
            moved_at = case
              when excluded.total_claimed <> c.total_claimed
                or excluded.refund_nonce <> c.refund_nonce then excluded.seen_at
              else c.moved_at end,
            earned = greatest(c.earned, excluded.total_claimed)
        where (excluded.total_claimed >= c.total_claimed
            and excluded.refund_nonce >= c.refund_nonce)
          or excluded.seen_at >= c.moved_at + interval '1 minute'
      """;

  /** What was claimed before the channel was known here is sold. */
  private static final String BEFORE =
      """
      insert into payments.channel_sale (channel, top, bottom, payment)
      select :id, :claimed, 0, :id where :claimed > 0
        and not exists (select from payments.channel_sale where channel = :id)
      on conflict do nothing
      """;

  private static final String OVERLAPPING =
      """
      select exists (
        select from (
          select bottom from payments.channel_sale
          where channel = :channel and top > :bottom and payment <> :payment
          order by top limit 1) as next
        where next.bottom < :top)
      """;

  private static final String SOLD =
      """
      insert into payments.channel_sale (channel, top, bottom, payment)
      select id, :top, :bottom, :payment from payments.channel
      where id = :channel and earned + :price <= balance - withheld
      on conflict do nothing
      """;

  private static final String EARNED =
      """
      update payments.channel
      set earned = earned + :price,
          signature = case when :top > signed_max then :signature else signature end,
          signed_max = greatest(signed_max, :top)
      where id = :channel
      """;

  private static final String RECEIVERS =
      """
      select distinct on (config::json ->> 'receiver', config::json ->> 'token',
        offer::json ->> 'network') c.*, 0 as cursor
      from payments.channel c where total_claimed > 0
      """;

  private static final Hash32 NOBODY = Hash32.ZERO;

  private final Database database;

  /**
   * On a database that has the module's schema.
   *
   * @param database migrated to schema {@code payments}
   */
  public PostgresChannelLedger(Database database) {
    this.database = database;
  }

  @Override
  public Optional<ChannelAccount> find(Hash32 channel) {
    return database.call(handle -> find(handle, channel));
  }

  private static Optional<ChannelAccount> find(Handle handle, Hash32 channel) {
    return handle
        .createQuery(SELECT + "where c.id = :id")
        .bind("id", channel.hex())
        .map(PostgresChannelLedger::account)
        .findOne();
  }

  @Override
  public ChannelAccount seen(
      Hash32 id, ChannelConfig channel, PaymentRequirements offer, ChannelState state, Instant at) {
    return database.transaction(
        handle -> {
          handle
              .createUpdate(SEEN)
              .bind("id", id.hex())
              .bind("offer", text(WireJson.write(offer)))
              .bind("config", text(WireJson.write(ChannelPayload.json(channel))))
              .bind("balance", decimal(state.balance()))
              .bind("claimed", decimal(state.totalClaimed()))
              .bind("requested", state.withdrawRequestedAt())
              .bind("nonce", decimal(state.refundNonce()))
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .execute();
          handle
              .createUpdate(BEFORE)
              .bind("id", id.hex())
              .bind("claimed", decimal(state.totalClaimed()))
              .execute();
          return find(handle, id).orElseThrow();
        });
  }

  @Override
  public boolean isFree(Hash32 channel, BigInteger top, BigInteger price) {
    return database.call(handle -> !overlaps(handle, channel, NOBODY, top, price));
  }

  @Override
  public Optional<ChannelAccount> sell(
      Hash32 channel, Hash32 payment, BigInteger top, BigInteger price, String signature) {
    return database.transaction(
        handle -> {
          boolean known =
              handle
                  .createQuery("select true from payments.channel where id = :id for update")
                  .bind("id", channel.hex())
                  .mapTo(Boolean.class)
                  .findOne()
                  .isPresent();
          if (!known || overlaps(handle, channel, payment, top, price)) {
            return Optional.empty();
          }
          if (isSold(handle, channel, payment)) {
            return find(handle, channel);
          }
          int sold =
              handle
                  .createUpdate(SOLD)
                  .bind("channel", channel.hex())
                  .bind("top", decimal(top))
                  .bind("bottom", decimal(top.subtract(price)))
                  .bind("price", decimal(price))
                  .bind("payment", payment.hex())
                  .execute();
          if (sold == 0) {
            return Optional.empty();
          }
          handle
              .createUpdate(EARNED)
              .bind("channel", channel.hex())
              .bind("top", decimal(top))
              .bind("price", decimal(price))
              .bind("signature", signature)
              .execute();
          return find(handle, channel);
        });
  }

  @Override
  public Optional<ChannelAccount> sold(Hash32 channel, Hash32 payment) {
    return database.call(
        handle -> isSold(handle, channel, payment) ? find(handle, channel) : Optional.empty());
  }

  private static boolean isSold(Handle handle, Hash32 channel, Hash32 payment) {
    return handle
        .createQuery(
            "select exists (select from payments.channel_sale"
                + " where channel = :channel and payment = :payment)")
        .bind("channel", channel.hex())
        .bind("payment", payment.hex())
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public Optional<ChannelPayload.SignedRefund> refund(Hash32 channel, Hash32 payment) {
    return database.call(handle -> KeptRefunds.find(handle, channel, payment));
  }

  @Override
  public Optional<ChannelAccount> withhold(Hash32 channel, Hash32 payment, BigInteger amount) {
    return database.transaction(
        handle ->
            KeptRefunds.withhold(handle, channel, payment, amount)
                ? find(handle, channel)
                : Optional.empty());
  }

  @Override
  public Optional<ChannelPayload.SignedRefund> keep(
      Hash32 payment, ChannelPayload.SignedRefund refund) {
    return database.transaction(handle -> KeptRefunds.keep(handle, payment, refund));
  }

  @Override
  public Optional<Long> asking(ChannelPayload.SignedRefund refund) {
    return database.call(handle -> KeptRefunds.asking(handle, refund));
  }

  @Override
  public void answered(ChannelPayload.SignedRefund refund) {
    database.call(handle -> KeptRefunds.answered(handle, refund));
  }

  @Override
  public void released(ChannelPayload.SignedRefund refund, long asking) {
    database.call(handle -> KeptRefunds.released(handle, refund, asking));
  }

  @Override
  public void forgotten(ChannelPayload.SignedRefund refund, long asking) {
    database.call(handle -> KeptRefunds.forgotten(handle, refund, asking));
  }

  @Override
  public void renewed(ChannelPayload.SignedRefund fresh, long asking) {
    database.call(handle -> KeptRefunds.renewed(handle, fresh, asking));
  }

  @Override
  public void claimed(Hash32 channel, BigInteger total, Instant at) {
    database.call(
        handle ->
            handle
                .createUpdate(
                    "update payments.channel set total_claimed = :total, moved_at = :at"
                        + " where id = :channel and total_claimed < :total")
                .bind("channel", channel.hex())
                .bind("total", decimal(total))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
  }

  @Override
  public List<ChannelAccount> movedSince(Instant time) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + "where c.moved_at > :time and c.signature is not null"
                        + " and c.earned <= c.total_claimed")
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .map(PostgresChannelLedger::account)
                .list());
  }

  private static boolean overlaps(
      Handle handle, Hash32 channel, Hash32 payment, BigInteger top, BigInteger price) {
    return handle
        .createQuery(OVERLAPPING)
        .bind("channel", channel.hex())
        .bind("payment", payment.hex())
        .bind("top", decimal(top))
        .bind("bottom", decimal(top.subtract(price)))
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public List<ChannelAccount> withEarnings() {
    return database.call(
        handle ->
            handle
                .createQuery(
                    SELECT + "where c.earned > c.total_claimed and c.signature is not null")
                .map(PostgresChannelLedger::account)
                .list());
  }

  @Override
  public List<ChannelAccount> receivers() {
    return database.call(
        handle -> handle.createQuery(RECEIVERS).map(PostgresChannelLedger::account).list());
  }

  private static ChannelAccount account(ResultSet row, StatementContext context)
      throws SQLException {
    return new ChannelAccount(
        new Hash32(row.getString("id")),
        PaymentRequirements.parse(WireJson.read(bytes(row.getString("offer")))),
        ChannelPayload.config(WireJson.read(bytes(row.getString("config")))),
        new ChannelState(
            integer(row, "balance"),
            integer(row, "total_claimed"),
            row.getLong("withdraw_requested_at"),
            integer(row, "refund_nonce")),
        row.getTimestamp("seen_at").toInstant(),
        integer(row, "earned"),
        integer(row, "withheld"),
        integer(row, "cursor"),
        integer(row, "signed_max"),
        Optional.ofNullable(row.getString("signature")));
  }

  private static BigInteger integer(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }

  private static BigDecimal decimal(BigInteger value) {
    return new BigDecimal(value);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
