package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.payments.testing.Payments.NOW;
import static org.earnest.payments.testing.Payments.SELLER;
import static org.earnest.payments.testing.Payments.USDC;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.testing.Payments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger answers as whoever reads all its spendings again would. */
class LedgerTest {
  private static final int EVENTS = 2_000;
  private static final List<String> ORIGINS = List.of("https://a.example", "https://b.example");
  private static final Caip19AssetId OTHER =
      new Caip19AssetId(USDC.chain(), new EvmAddress("0x" + "11".repeat(20)));
  private static final List<Caip19AssetId> ASSETS = List.of(USDC, OTHER);
  private static final List<Hash32> NAMES =
      Stream.of("one", "two", "three", "four").map(Payments::seed).toList();

  private final Ledger ledger = new Ledger();

  /** All that was signed and not forgotten, in the order of the first signing. */
  private final Map<Hash32, Spending> all = new LinkedHashMap<>();

  private final Map<Hash32, Instant> served = new LinkedHashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void itsSumsAreThoseOfItsSpendings(long seed) {
    Random random = new Random(seed);
    Instant now = NOW;
    for (int event = 0; event < EVENTS; event++) {
      now = now.plusSeconds(random.nextInt(600));
      happen(random, event, now);
      if (random.nextInt(10) == 0) {
        ledger.forget(now);
        Instant limit = now.minus(SpendingPolicy.DAY);
        all.values().removeIf(one -> one.at().isBefore(limit) && one.end().isBefore(limit));
      }
      same();
    }
    assertThat(all).as("some were forgotten").hasSizeBetween(1, EVENTS / 2);
  }

  private void happen(Random random, int event, Instant now) {
    if (random.nextInt(3) > 0 || all.isEmpty()) {
      Hash32 id = Payments.seed("id " + event);
      sign(spending(random, id, now));
      return;
    }
    List<Spending> known = List.copyOf(all.values());
    Spending one = known.get(random.nextInt(known.size()));
    switch (random.nextInt(3)) {
      case 0 -> sign(one);
      case 1 -> {
        ledger.add(new JournalEvent.Settled(one.id(), now, ReceiptStanding.ABSENT));
        served.put(one.id(), now);
      }
      default -> {
        ledger.add(new JournalEvent.Expired(one.id()));
        served.remove(one.id());
      }
    }
  }

  private void sign(Spending spending) {
    ledger.add(new JournalEvent.Signed(spending, Optional.empty()));
    all.remove(spending.id());
    all.put(spending.id(), spending);
    served.remove(spending.id());
  }

  private static Spending spending(Random random, Hash32 id, Instant now) {
    return new Spending(
        id,
        NAMES.get(random.nextInt(NAMES.size())),
        NAMES.get(random.nextInt(NAMES.size())),
        ORIGINS.get(random.nextInt(ORIGINS.size())),
        TokenAmount.of(ASSETS.get(random.nextInt(ASSETS.size())), random.nextInt(1_000)),
        SELLER,
        now,
        now.plus(Duration.ofMinutes(random.nextInt(3_000))));
  }

  private void same() {
    for (Caip19AssetId asset : ASSETS) {
      assertThat(ledger.inAll(asset)).isEqualTo(sum(asset, any -> true));
      for (String origin : ORIGINS) {
        assertThat(ledger.at(origin, asset))
            .isEqualTo(sum(asset, one -> one.origin().equals(origin)));
      }
    }
    for (Hash32 name : NAMES) {
      assertThat(ledger.lastFor(name))
          .isEqualTo(
              all.values().stream().filter(one -> one.route().equals(name)).reduce((a, b) -> b));
      assertThat(ledger.served(name))
          .isEqualTo(
              all.values().stream()
                  .filter(one -> one.purchase().equals(name))
                  .flatMap(one -> Optional.ofNullable(served.get(one.id())).stream())
                  .max(Instant::compareTo));
    }
    assertThat(ledger.events().stream().filter(JournalEvent.Signed.class::isInstance))
        .hasSameSizeAs(all.values());
  }

  private BigInteger sum(Caip19AssetId asset, Predicate<Spending> wanted) {
    return all.values().stream()
        .filter(wanted)
        .map(Spending::price)
        .filter(price -> price.asset().equals(asset))
        .map(TokenAmount::atomicUnits)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
