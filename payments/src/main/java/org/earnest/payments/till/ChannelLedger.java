package org.earnest.payments.till;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.wire.PaymentRequirements;

/** A seller's books of the channels that pay it. Safe for several processes at once. */
public interface ChannelLedger {
  Optional<ChannelAccount> find(Hash32 channel);

  /** Stores what the chain says of a channel, known before or not. */
  ChannelAccount seen(
      Hash32 id, ChannelConfig channel, PaymentRequirements offer, ChannelState state);

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
   * @return empty when something else was sold for it, or the channel is not known
   */
  Optional<ChannelAccount> sell(
      Hash32 channel, Hash32 payment, BigInteger top, BigInteger price, String signature);

  /** Channels of which something can be claimed, in no order. */
  List<ChannelAccount> withEarnings();
}
