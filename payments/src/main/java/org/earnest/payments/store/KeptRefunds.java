package org.earnest.payments.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.WireJson;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Refunds as they were signed, in {@code payments.channel_refund}, and what they withhold. */
final class KeptRefunds {
  private static final String WITHHOLD =
      """
      update payments.channel set withheld = :amount
      where id = :channel
        and (withheld = :amount or (withheld = 0 and earned + :amount <= balance))
        and not exists (
          select from payments.channel_refund
          where channel = :channel and payment = :payment and nonce < refund_nonce)
      """;

  private static final String KEEP =
      """
      insert into payments.channel_refund (channel, nonce, payment, payload)
      select id, :nonce, :payment, :payload from payments.channel
      where id = :channel and withheld = :amount and refund_nonce = :nonce
      for update
      on conflict do nothing
      """;

  private static final String KEPT =
      """
      select payload from payments.channel_refund
      where channel = :channel and (payment = :payment or nonce in (
        select refund_nonce from payments.channel
        where id = :channel and withheld = :amount and refund_nonce = :nonce))
      order by nonce limit 1
      """;

  private static final String ASKING =
      """
      update payments.channel_refund
      set asking = nextval('payments.channel_refund_asking'), unanswered = unanswered + 1
      where channel = :channel and nonce = :nonce and payload = :payload
      returning asking
      """;

  private static final String ANSWERED =
      """
      update payments.channel_refund set unanswered = unanswered - 1
      where channel = :channel and nonce = :nonce
      """;

  private static final String RELEASED =
      """
      with known as (
        select id from payments.channel
        where id = :channel and refund_nonce = :nonce
        for update),
      forgotten as (
        delete from payments.channel_refund
        where channel in (select id from known) and nonce = :nonce
          and asking = :asking and unanswered = 0
        returning channel)
      update payments.channel set withheld = 0 where id in (select channel from forgotten)
      """;

  private static final String FORGOTTEN =
      """
      delete from payments.channel_refund
      where channel = :channel and nonce = :nonce and asking = :asking
        and nonce < (select refund_nonce from payments.channel where id = :channel)
      """;

  private static final String RENEWED =
      """
      update payments.channel_refund set payload = :payload
      where channel = :channel and nonce = :nonce and asking = :asking
        and nonce = (select refund_nonce from payments.channel where id = :channel)
      """;

  private static final String FIND =
      "select payload from payments.channel_refund where channel = :channel and payment = :payment";

  private KeptRefunds() {}

  static Optional<ChannelPayload.SignedRefund> find(Handle handle, Hash32 channel, Hash32 payment) {
    return handle
        .createQuery(FIND)
        .bind("channel", channel.hex())
        .bind("payment", payment.hex())
        .mapTo(String.class)
        .findOne()
        .map(KeptRefunds::read);
  }

  /** Whether so much is withheld now for what the payment asks. */
  static boolean withhold(Handle handle, Hash32 channel, Hash32 payment, BigInteger amount) {
    return handle
            .createUpdate(WITHHOLD)
            .bind("channel", channel.hex())
            .bind("payment", payment.hex())
            .bind("amount", new BigDecimal(amount))
            .execute()
        == 1;
  }

  /** The one that is kept now: this, or the one that was first; none if it is not withheld. */
  static Optional<ChannelPayload.SignedRefund> keep(
      Handle handle, Hash32 payment, ChannelPayload.SignedRefund refund) {
    BigDecimal amount = new BigDecimal(refund.amount());
    of(refund, handle.createUpdate(KEEP))
        .bind("payment", payment.hex())
        .bind("amount", amount)
        .bind("payload", text(refund))
        .execute();
    return of(refund, handle.createQuery(KEPT))
        .bind("payment", payment.hex())
        .bind("amount", amount)
        .mapTo(String.class)
        .findOne()
        .map(KeptRefunds::read);
  }

  /** Names this time that a facilitator is asked for it; empty where it is not kept any more. */
  static Optional<Long> asking(Handle handle, ChannelPayload.SignedRefund refund) {
    return of(refund, handle.createQuery(ASKING))
        .bind("payload", text(refund))
        .mapTo(Long.class)
        .findOne();
  }

  static int answered(Handle handle, ChannelPayload.SignedRefund refund) {
    return of(refund, handle.createUpdate(ANSWERED)).execute();
  }

  /** Forgets one that was not given, unless it was asked for again or is still being asked for. */
  static int released(Handle handle, ChannelPayload.SignedRefund refund, long asking) {
    return of(refund, handle.createUpdate(RELEASED)).bind("asking", asking).execute();
  }

  static int forgotten(Handle handle, ChannelPayload.SignedRefund refund, long asking) {
    return of(refund, handle.createUpdate(FORGOTTEN)).bind("asking", asking).execute();
  }

  static int renewed(Handle handle, ChannelPayload.SignedRefund fresh, long asking) {
    return of(fresh, handle.createUpdate(RENEWED))
        .bind("payload", text(fresh))
        .bind("asking", asking)
        .execute();
  }

  private static <S extends SqlStatement<S>> S of(ChannelPayload.SignedRefund refund, S statement) {
    return statement
        .bind("channel", refund.voucher().channelId().hex())
        .bind("nonce", new BigDecimal(refund.nonce()));
  }

  private static String text(ChannelPayload.SignedRefund refund) {
    return new String(WireJson.write(refund.toJson()), StandardCharsets.UTF_8);
  }

  private static ChannelPayload.SignedRefund read(String payload) {
    if (ChannelPayload.parse(WireJson.read(payload.getBytes(StandardCharsets.UTF_8)))
        instanceof ChannelPayload.SignedRefund refund) {
      return refund;
    }
    throw new IllegalStateException("a refund was kept that nobody signed");
  }
}
