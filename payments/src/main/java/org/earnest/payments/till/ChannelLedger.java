package org.earnest.payments.till;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentRequirements;

/** A seller's books of the channels that pay it. Safe for several processes at once. */
public interface ChannelLedger {
  Optional<ChannelAccount> find(Hash32 channel);

  /**
   * Stores what the chain says of a channel, known before or not. A refund that is seen withholds
   * nothing more. Of two looks within a minute the one counts that shows more to be claimed and
   * refunded; after that the later one, as a reorganisation takes claims and refunds back.
   *
   * @param at when it was asked
   */
  ChannelAccount seen(
      Hash32 id, ChannelConfig channel, PaymentRequirements offer, ChannelState state, Instant at);

  /** Stores that so much was claimed of a channel in all; says nothing of the rest of it. */
  void claimed(Hash32 channel, BigInteger total, Instant at);

  /**
   * Whether nothing was sold yet for what a voucher adds.
   *
   * @param top the voucher's amount
   * @param price what of it is this payment's
   */
  boolean isFree(Hash32 channel, BigInteger top, BigInteger price);

  /**
   * Sells for what a voucher adds. The same payment is sold once, however often this is asked.
   *
   * @param signature the voucher's
   * @return empty when something else was sold for it, less than the price is left, or the channel
   *     is not known
   */
  Optional<ChannelAccount> sell(
      Hash32 channel, Hash32 payment, BigInteger top, BigInteger price, String signature);

  /** The channel if this very payment was sold for before. */
  Optional<ChannelAccount> sold(Hash32 channel, Hash32 payment);

  /** The refund that was signed for a payment which asked for it. */
  Optional<ChannelPayload.SignedRefund> refund(Hash32 channel, Hash32 payment);

  /**
   * Keeps so much of a channel from being sold, before its refund is signed. Until the refund is
   * seen or {@link #released} it may be asked again for the same amount.
   *
   * @param payment that asks for the refund
   * @return empty when so much is not left, another amount is withheld, or this payment's refund
   *     was given
   */
  Optional<ChannelAccount> withhold(Hash32 channel, Hash32 payment, BigInteger amount);

  /**
   * Stores a refund for which so much is withheld, before it is shown to anybody.
   *
   * @param payment that asks for it
   * @return the one that was stored first under its nonce; empty when so much is not withheld any
   *     more, or another refund was seen under its nonce
   */
  Optional<ChannelPayload.SignedRefund> keep(Hash32 payment, ChannelPayload.SignedRefund refund);

  /**
   * Stores that a facilitator is about to be asked for a refund.
   *
   * @return names this time; empty when that refund is not kept any more, and must not be shown
   */
  Optional<Long> asking(ChannelPayload.SignedRefund refund);

  /** Stores that a facilitator has answered, and goes on with nothing that it was asked. */
  void answered(ChannelPayload.SignedRefund refund);

  /**
   * Sells again what was withheld for a refund that will not be, and forgets it; unless it was
   * asked for again meanwhile, or was asked for without an answer.
   *
   * @param asking the time that was answered so
   */
  void released(ChannelPayload.SignedRefund refund, long asking);

  /**
   * Forgets a refund whose nonce is spent on chain, unless it was asked for again meanwhile; what
   * is withheld is not its own any more.
   */
  void forgotten(ChannelPayload.SignedRefund refund, long asking);

  /**
   * Keeps another version of a refund in its place while its nonce is not spent, unless it was
   * asked for again meanwhile.
   *
   * @param fresh of the same channel, nonce and amount
   */
  void renewed(ChannelPayload.SignedRefund fresh, long asking);

  /** Channels of which something can be claimed, in no order. */
  List<ChannelAccount> withEarnings();

  /** Channels that owe nothing because of what was claimed or refunded after a time. */
  List<ChannelAccount> movedSince(Instant time);

  /** One channel for each receiver, token and network for which something was claimed. */
  List<ChannelAccount> receivers();
}
