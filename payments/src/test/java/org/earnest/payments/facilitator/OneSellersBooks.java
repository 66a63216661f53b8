package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.till.ChannelAccount;
import org.earnest.payments.till.ChannelLedger;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentRequirements;

/** Those channels of a database that pay one seller, as if it had the database for itself. */
record OneSellersBooks(ChannelLedger all, EvmAddress seller) implements ChannelLedger {
  private List<ChannelAccount> own(List<ChannelAccount> accounts) {
    return accounts.stream().filter(one -> one.channel().receiver().equals(seller)).toList();
  }

  @Override
  public List<ChannelAccount> withEarnings() {
    return own(all.withEarnings());
  }

  @Override
  public List<ChannelAccount> movedSince(Instant time) {
    return own(all.movedSince(time));
  }

  @Override
  public List<ChannelAccount> receivers() {
    return own(all.receivers());
  }

  @Override
  public Optional<ChannelAccount> find(Hash32 channel) {
    return all.find(channel);
  }

  @Override
  public ChannelAccount seen(
      Hash32 id, ChannelConfig channel, PaymentRequirements offer, ChannelState state, Instant at) {
    return all.seen(id, channel, offer, state, at);
  }

  @Override
  public void claimed(Hash32 channel, BigInteger total, Instant at) {
    all.claimed(channel, total, at);
  }

  @Override
  public boolean isFree(Hash32 channel, BigInteger top, BigInteger price) {
    return all.isFree(channel, top, price);
  }

  @Override
  public Optional<ChannelAccount> sell(
      Hash32 channel, Hash32 payment, BigInteger top, BigInteger price, String signature) {
    return all.sell(channel, payment, top, price, signature);
  }

  @Override
  public Optional<ChannelAccount> sold(Hash32 channel, Hash32 payment) {
    return all.sold(channel, payment);
  }

  @Override
  public Optional<ChannelPayload.SignedRefund> refund(Hash32 channel, Hash32 payment) {
    return all.refund(channel, payment);
  }

  @Override
  public Optional<ChannelAccount> withhold(Hash32 channel, Hash32 payment, BigInteger amount) {
    return all.withhold(channel, payment, amount);
  }

  @Override
  public Optional<ChannelPayload.SignedRefund> keep(
      Hash32 payment, ChannelPayload.SignedRefund refund) {
    return all.keep(payment, refund);
  }

  @Override
  public Optional<Long> asking(ChannelPayload.SignedRefund refund) {
    return all.asking(refund);
  }

  @Override
  public void answered(ChannelPayload.SignedRefund refund) {
    all.answered(refund);
  }

  @Override
  public void released(ChannelPayload.SignedRefund refund, long asking) {
    all.released(refund, asking);
  }

  @Override
  public void forgotten(ChannelPayload.SignedRefund refund, long asking) {
    all.forgotten(refund, asking);
  }

  @Override
  public void renewed(ChannelPayload.SignedRefund fresh, long asking) {
    all.renewed(fresh, asking);
  }
}
