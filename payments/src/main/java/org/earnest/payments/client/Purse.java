package org.earnest.payments.client;

import java.math.BigInteger;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelContracts;

/**
 * A channel as its buyer remembers it. Amounts are atomic units since the channel began.
 *
 * @param origin where it was opened
 * @param balance deposited, as far as sellers have served for it
 * @param pending deposited, as far as nobody has
 * @param cursor the highest voucher's amount
 */
public record Purse(
    ChannelConfig channel,
    Caip2ChainId chain,
    String origin,
    BigInteger balance,
    BigInteger pending,
    BigInteger cursor) {
  static Purse empty(ChannelConfig channel, Caip2ChainId chain, String origin) {
    return new Purse(channel, chain, origin, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  }

  /** The channel's id. */
  public Hash32 id() {
    return channel.id(ChannelContracts.domain(chain));
  }

  public Caip19AssetId asset() {
    return new Caip19AssetId(chain, channel.token());
  }

  /** What is in it and not signed away, what is on its way included. */
  public BigInteger locked() {
    return balance.add(pending).subtract(cursor).max(BigInteger.ZERO);
  }

  /** Whether nothing was ever signed for it. */
  boolean isEmpty() {
    return balance.signum() == 0 && pending.signum() == 0 && cursor.signum() == 0;
  }

  Purse signed(BigInteger max, BigInteger deposit) {
    return new Purse(channel, chain, origin, balance, pending.add(deposit), cursor.max(max));
  }

  Purse ended(BigInteger deposit, boolean arrived) {
    return new Purse(
        channel,
        chain,
        origin,
        arrived ? balance.add(deposit) : balance,
        pending.subtract(deposit).max(BigInteger.ZERO),
        cursor);
  }

  Purse corrected(BigInteger held, BigInteger paid) {
    return at(paid, held, BigInteger.ZERO);
  }

  /** The same with what the hub holds for it now. */
  Purse holding(BigInteger held) {
    return at(cursor, held, BigInteger.ZERO);
  }

  private Purse at(BigInteger amount, BigInteger held, BigInteger coming) {
    return new Purse(channel, chain, origin, held, coming, amount);
  }

  /** The same with another highest voucher. */
  Purse at(BigInteger amount) {
    return at(amount, balance, pending);
  }
}
