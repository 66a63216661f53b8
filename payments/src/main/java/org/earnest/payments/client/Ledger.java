package org.earnest.payments.client;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;

/** What the journal's lines add up to, in memory. Not for several threads at once. */
final class Ledger implements Spent {
  private sealed interface End {
    record None() implements End {}

    record Served(Instant at, ReceiptStanding receipt) implements End {}

    record Dead() implements End {}
  }

  private record Entry(Spending spending, Optional<SignedPayment> payment, End end) {}

  private record Held(String origin, TokenAmount price) {}

  private final Map<Hash32, Entry> entries = new LinkedHashMap<>();
  private final SpendingIndex index = new SpendingIndex();
  private final Map<Hash32, Held> held = new HashMap<>();
  private final Purses purses = new Purses();

  Purses purses() {
    return purses;
  }

  void add(JournalEvent event) {
    switch (event) {
      case JournalEvent.Signed signed -> {
        put(new Entry(signed.spending(), signed.payment(), new End.None()));
        held.remove(signed.spending().purchase());
        signed.payment().ifPresent(payment -> purses.signed(signed.spending(), payment));
      }
      case JournalEvent.Settled settled -> {
        end(settled.id(), new End.Served(settled.at(), settled.receipt()));
        purses.ended(settled.id(), true);
      }
      case JournalEvent.Expired expired -> {
        end(expired.id(), new End.Dead());
        purses.ended(expired.id(), false);
      }
      case JournalEvent.Channel channel -> purses.put(channel.purse());
    }
  }

  private void put(Entry entry) {
    Entry before = entries.remove(entry.spending().id());
    if (before != null) {
      index.remove(before.spending());
    }
    entries.put(entry.spending().id(), entry);
    index.add(entry.spending());
  }

  private void end(Hash32 id, End end) {
    entries.computeIfPresent(
        id, (same, entry) -> new Entry(entry.spending(), Optional.empty(), end));
  }

  /** Forgets what ended, or could be used for the last time, more than a day ago. */
  void forget(Instant now) {
    index
        .removeBefore(now.minus(SpendingPolicy.DAY))
        .forEach(spending -> entries.remove(spending.id()));
  }

  /** The lines that say the same as all lines so far. */
  List<JournalEvent> events() {
    List<JournalEvent> events = new ArrayList<>();
    for (Entry entry : entries.values()) {
      events.add(new JournalEvent.Signed(entry.spending(), entry.payment()));
      switch (entry.end()) {
        case End.None none -> {}
        case End.Served served ->
            events.add(
                new JournalEvent.Settled(entry.spending().id(), served.at(), served.receipt()));
        case End.Dead dead -> events.add(new JournalEvent.Expired(entry.spending().id()));
      }
    }
    // last, as the payments above say less of their channels than was known
    purses.all().forEach(purse -> events.add(new JournalEvent.Channel(purse)));
    return events;
  }

  /** The payment for this request whose end is not known. */
  Optional<OpenPayment> open(Hash32 purchase) {
    return of(purchase)
        .flatMap(
            entry ->
                entry.payment().map(payment -> new OpenPayment(entry.spending(), payment)).stream())
        .findFirst();
  }

  /** When this request was served for a payment last. */
  Optional<Instant> served(Hash32 purchase) {
    return of(purchase)
        .flatMap(
            entry ->
                entry.end() instanceof End.Served served ? Stream.of(served.at()) : Stream.of())
        .max(Instant::compareTo);
  }

  private Stream<Entry> of(Hash32 purchase) {
    return index.of(purchase).map(Spending::id).map(entries::get).filter(Objects::nonNull);
  }

  /** Counts an amount as spent until its payment is signed, or {@link #release}d. */
  void hold(Purchase purchase, TokenAmount price) {
    held.put(purchase.id(), new Held(purchase.origin(), price));
  }

  void release(Purchase purchase) {
    held.remove(purchase.id());
  }

  @Override
  public Optional<Spending> lastFor(Hash32 route) {
    return index.lastFor(route);
  }

  @Override
  public BigInteger at(String origin, Caip19AssetId asset) {
    return index
        .at(origin, asset)
        .add(sum(held.values().stream().filter(one -> one.origin().equals(origin)), asset));
  }

  @Override
  public BigInteger locked(Caip19AssetId asset) {
    return purses.locked(asset);
  }

  @Override
  public BigInteger inAll(Caip19AssetId asset) {
    return index.inAll(asset).add(sum(held.values().stream(), asset));
  }

  private static BigInteger sum(Stream<Held> some, Caip19AssetId asset) {
    return some.map(Held::price)
        .filter(amount -> amount.asset().equals(asset))
        .map(TokenAmount::atomicUnits)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
