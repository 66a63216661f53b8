package org.earnest.payments.client;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.wire.ChannelPayload;

/** What the journal's lines add up to for channels, in memory. Not for several threads at once. */
final class Purses {
  private record Paid(Hash32 channel, BigInteger max, BigInteger deposit) {}

  private record Served(BigInteger max, long serving) {}

  private final Map<Hash32, Purse> purses = new LinkedHashMap<>();
  private final Map<Hash32, Paid> payments = new HashMap<>();
  private final Set<Hash32> filling = new HashSet<>();
  private final Map<Hash32, Integer> turns = new HashMap<>();
  private final Map<Hash32, Served> served = new HashMap<>();
  private long servings;

  void signed(Spending spending, SignedPayment payment) {
    if (!payment.payload().accepted().scheme().equals(ChannelTerms.SCHEME)
        || !(ChannelPayload.parse(payment.payload().payload())
            instanceof ChannelPayload.OfClient payload)) {
      return;
    }
    BigInteger deposit =
        payload instanceof ChannelPayload.Deposit money ? money.amount() : BigInteger.ZERO;
    Hash32 id = payload.voucher().channelId();
    Purse purse =
        purses.computeIfAbsent(
            id,
            same ->
                Purse.empty(
                    payload.channel(),
                    Caip2ChainId.parse(payment.payload().accepted().network()),
                    spending.origin()));
    payments.put(spending.id(), new Paid(id, payload.voucher().maxClaimableAmount(), deposit));
    purses.put(id, purse.signed(payload.voucher().maxClaimableAmount(), deposit));
  }

  void ended(Hash32 payment, boolean wasServed) {
    Paid paid = payments.remove(payment);
    if (paid == null) {
      return;
    }
    purses.computeIfPresent(paid.channel(), (id, purse) -> purse.ended(paid.deposit(), wasServed));
    if (wasServed) {
      servings++;
      served.merge(
          paid.channel(),
          new Served(paid.max(), servings),
          (had, has) -> new Served(had.max().max(has.max()), has.serving()));
    }
  }

  /**
   * What was signed stays signed, whatever is said of the channel. Where nothing is on its way any
   * more, no open payment's deposit is added to it later.
   */
  void put(Purse purse) {
    if (purse.pending().signum() == 0) {
      payments.replaceAll(
          (payment, paid) ->
              paid.channel().equals(purse.id())
                  ? new Paid(paid.channel(), paid.max(), BigInteger.ZERO)
                  : paid);
    }
    purses.merge(purse.id(), purse, (had, has) -> has.at(had.cursor().max(has.cursor())));
  }

  Optional<Purse> find(Hash32 id) {
    return Optional.ofNullable(purses.get(id));
  }

  List<Purse> all() {
    return List.copyOf(purses.values());
  }

  BigInteger locked(Caip19AssetId asset) {
    return purses.values().stream()
        .filter(
            purse ->
                purse.chain().equals(asset.chain())
                    && purse.channel().token().equals(asset.token()))
        .map(Purse::locked)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Counts an amount as signed before it is, so that no other voucher has it. */
  void take(Purse purse, BigInteger max) {
    turns.merge(purse.id(), 1, Integer::sum);
    purses.put(purse.id(), purse.signed(max, BigInteger.ZERO));
  }

  /** Takes it back where it is signed for nothing, and nobody has signed more. */
  void giveBack(Purse before, BigInteger max) {
    purses.computeIfPresent(
        before.id(), (id, purse) -> purse.cursor().equals(max) ? purse.at(before.cursor()) : purse);
  }

  /** Whether somebody is putting money into the channel just now. */
  boolean isFilling(Hash32 id) {
    return filling.contains(id);
  }

  void fills(Hash32 id) {
    filling.add(id);
  }

  void over(ChannelTurn turn) {
    Hash32 id = turn.purse().id();
    turns.computeIfPresent(id, (same, count) -> count > 1 ? count - 1 : null);
    if (turn.missing().signum() > 0) {
      filling.remove(id);
    }
  }

  /** Whether somebody has a turn in the channel just now. */
  boolean isBusy(Hash32 id) {
    return turns.containsKey(id);
  }

  /** Whether nobody has a turn in it, and no payment is open whose end is not known. */
  boolean isIdle(Hash32 id) {
    return !isBusy(id) && payments.values().stream().noneMatch(paid -> paid.channel().equals(id));
  }

  /** How many payments were served so far. */
  long servings() {
    return servings;
  }

  /** The highest voucher that was served where any was since a turn began; else zero. */
  BigInteger servedSince(ChannelTurn turn) {
    Served last = served.get(turn.purse().id());
    return last != null && last.serving() > turn.servings() ? last.max() : BigInteger.ZERO;
  }
}
