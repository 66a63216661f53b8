package org.earnest.payments.client;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * Spendings by what is asked of them, so that a buyer who made thousands decides as quickly as one
 * who made none. Not for several threads at once.
 */
final class SpendingIndex {
  private final Map<Hash32, SequencedSet<Spending>> byPurchase = new HashMap<>();
  private final Map<Hash32, SequencedSet<Spending>> byRoute = new HashMap<>();
  private final Map<Caip19AssetId, BigInteger> inAll = new HashMap<>();
  private final Map<Place, BigInteger> at = new HashMap<>();

  /** Some of them may have been removed since. */
  private final PriorityQueue<Spending> oldest =
      new PriorityQueue<>(Comparator.comparing(SpendingIndex::last));

  private record Place(String origin, Caip19AssetId asset) {}

  /** When it was signed or could be used for the last time. */
  private static Instant last(Spending spending) {
    return spending.end().isAfter(spending.at()) ? spending.end() : spending.at();
  }

  void add(Spending spending) {
    byPurchase
        .computeIfAbsent(spending.purchase(), none -> new LinkedHashSet<>())
        .addLast(spending);
    byRoute.computeIfAbsent(spending.route(), none -> new LinkedHashSet<>()).addLast(spending);
    count(spending, spending.price().atomicUnits());
    oldest.add(spending);
  }

  void remove(Spending spending) {
    forget(byPurchase, spending.purchase(), spending);
    forget(byRoute, spending.route(), spending);
    count(spending, spending.price().atomicUnits().negate());
  }

  private static void forget(
      Map<Hash32, SequencedSet<Spending>> index, Hash32 key, Spending spending) {
    index.computeIfPresent(
        key,
        (same, spendings) -> {
          spendings.remove(spending);
          return spendings.isEmpty() ? null : spendings;
        });
  }

  private void count(Spending spending, BigInteger amount) {
    TokenAmount price = spending.price();
    inAll.merge(price.asset(), amount, SpendingIndex::sum);
    at.merge(new Place(spending.origin(), price.asset()), amount, SpendingIndex::sum);
  }

  /** Nothing at all where it comes to nothing: places that were paid once are not kept for ever. */
  private static @Nullable BigInteger sum(BigInteger sum, BigInteger amount) {
    BigInteger all = sum.add(amount);
    return all.signum() == 0 ? null : all;
  }

  /** Takes out those that were over before a time. */
  List<Spending> removeBefore(Instant limit) {
    List<Spending> removed = new ArrayList<>();
    for (Spending next = oldest.peek();
        next != null && last(next).isBefore(limit);
        next = oldest.peek()) {
      oldest.remove();
      if (of(next.purchase()).anyMatch(next::equals)) {
        remove(next);
        removed.add(next);
      }
    }
    return removed;
  }

  /** In the order in which they were added. */
  Stream<Spending> of(Hash32 purchase) {
    SequencedSet<Spending> spendings = byPurchase.get(purchase);
    return spendings == null ? Stream.of() : spendings.stream();
  }

  /** The one on a route that was added last. */
  Optional<Spending> lastFor(Hash32 route) {
    return Optional.ofNullable(byRoute.get(route)).map(SequencedSet::getLast);
  }

  BigInteger at(String origin, Caip19AssetId asset) {
    return at.getOrDefault(new Place(origin, asset), BigInteger.ZERO);
  }

  BigInteger inAll(Caip19AssetId asset) {
    return inAll.getOrDefault(asset, BigInteger.ZERO);
  }
}
