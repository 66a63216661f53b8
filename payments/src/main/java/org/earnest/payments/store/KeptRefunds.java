package org.earnest.payments.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.WireJson;
import org.jdbi.v3.core.Handle;

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
      values (:channel, :nonce, :payment, :payload)
      on conflict do nothing
      """;

  private static final String KEPT =
      """
      select payload from payments.channel_refund
      where channel = :channel and (nonce = :nonce or payment = :payment)
      order by nonce limit 1
      """;

  private static final String RELEASED =
      """
      with released as (
        update payments.channel set withheld = 0
        where id = :channel and refund_nonce = :nonce
        returning id)
      delete from payments.channel_refund
      where channel in (select id from released) and nonce = :nonce
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

  /** The one that is kept now: this, or the one that was first. */
  static ChannelPayload.SignedRefund keep(
      Handle handle, Hash32 payment, ChannelPayload.SignedRefund refund) {
    Hash32 channel = refund.voucher().channelId();
    BigDecimal nonce = new BigDecimal(refund.nonce());
    handle
        .createUpdate(KEEP)
        .bind("channel", channel.hex())
        .bind("nonce", nonce)
        .bind("payment", payment.hex())
        .bind("payload", new String(WireJson.write(refund.toJson()), StandardCharsets.UTF_8))
        .execute();
    return read(
        handle
            .createQuery(KEPT)
            .bind("channel", channel.hex())
            .bind("nonce", nonce)
            .bind("payment", payment.hex())
            .mapTo(String.class)
            .one());
  }

  /** Forgets one that was not given. */
  static int released(Handle handle, Hash32 channel, BigInteger nonce) {
    return handle
        .createUpdate(RELEASED)
        .bind("channel", channel.hex())
        .bind("nonce", new BigDecimal(nonce))
        .execute();
  }

  private static ChannelPayload.SignedRefund read(String payload) {
    if (ChannelPayload.parse(WireJson.read(payload.getBytes(StandardCharsets.UTF_8)))
        instanceof ChannelPayload.SignedRefund refund) {
      return refund;
    }
    throw new IllegalStateException("a refund was kept that nobody signed");
  }
}
