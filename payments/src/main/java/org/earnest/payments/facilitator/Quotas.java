package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.exact.Reason;

/**
 * Counts what accounts take up of this process, in windows. Only accounts whose signature was found
 * good are counted, so that nobody uses up another's share.
 */
final class Quotas {
  /** Accounts counted at once; the one longest not seen gives way. */
  static final int MOST_ACCOUNTS = 100_000;

  /** Of what can be done but once, with other signatures or amounts, begun within a window. */
  static final int MOST_VARIATIONS = 4;

  /** What is counted. */
  private enum Kind {
    PAYER,
    PAYEE,
    PAYERS_GAS,
    VARIATIONS
  }

  private record Key(Kind kind, String of) {
    private static Key of(Kind kind, EvmAddress account) {
      return new Key(kind, account.hex());
    }
  }

  private record Window(Instant end, BigInteger used) {}

  /** Too much was taken up, until then. */
  record Exhausted(Obstacle obstacle, Duration retryAfter) {}

  private final FacilitatorLimits limits;
  private final InstantSource clock;
  private final Map<Key, Window> windows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Window> eldest) {
          return size() > MOST_ACCOUNTS;
        }
      };

  /** Transactions whose gas is counted already, the last of them. */
  private final Set<Hash32> told = lastOnes();

  /** What was admitted once and for all, the last of it. */
  private final Set<Hash32> admitted = lastOnes();

  Quotas(FacilitatorLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Counts a settlement that is to begin.
   *
   * @throws FacilitatorUnavailableException when payer or payee has had its share
   */
  void admit(EvmAddress payer, EvmAddress payee) {
    take(payer, payee).ifPresent(Quotas::refuse);
  }

  /**
   * The same, once however often it is asked for.
   *
   * @param what names it
   */
  synchronized void admitOnce(Hash32 what, EvmAddress payer, EvmAddress payee) {
    if (!admitted.contains(what)) {
      admit(payer, payee);
      admitted.add(what);
    }
  }

  /**
   * The same of one way to do what can be done but once, of which a wallet may sign any number.
   *
   * @param what can be done once
   * @param way names this way
   * @throws FacilitatorUnavailableException also when {@link #MOST_VARIATIONS} were begun of late
   */
  synchronized void admitVariation(Hash32 what, Hash32 way, EvmAddress payer, EvmAddress payee) {
    vary(what, way, () -> take(payer, payee));
  }

  /**
   * The same of a claim, counted for its signer alone. Gas that was lost to the signer's refunds
   * does not hold it up: a payer could bring that about, and withdraw what is not claimed.
   */
  synchronized void admitClaim(Hash32 what, Hash32 way, EvmAddress signer) {
    vary(what, way, () -> takeOwn(signer));
  }

  private void vary(Hash32 what, Hash32 way, Supplier<Optional<Exhausted>> share) {
    Key variations = new Key(Kind.VARIATIONS, what.hex());
    if (!admitted.contains(way)) {
      spent(variations, MOST_VARIATIONS, "the same was asked for in too many ways of late")
          .or(share)
          .ifPresent(Quotas::refuse);
      admitted.add(way);
      add(variations, BigInteger.ONE, limits.window());
    }
  }

  private Optional<Exhausted> takeOwn(EvmAddress signer) {
    Key own = Key.of(Kind.PAYER, signer);
    Optional<Exhausted> exhausted =
        spent(own, limits.perPayer(), "the claims' authorizer has claimed too often of late");
    if (exhausted.isEmpty()) {
      add(own, BigInteger.ONE, limits.window());
    }
    return exhausted;
  }

  private static void refuse(Exhausted exhausted) {
    throw new FacilitatorUnavailableException(exhausted.obstacle(), exhausted.retryAfter());
  }

  private static Set<Hash32> lastOnes() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Hash32, Boolean> eldest) {
            return size() > MOST_ACCOUNTS;
          }
        });
  }

  /** Counts a settlement that is to begin, unless its payer or payee has had its share. */
  synchronized Optional<Exhausted> take(EvmAddress from, EvmAddress to) {
    Key payer = Key.of(Kind.PAYER, from);
    Key payee = Key.of(Kind.PAYEE, to);
    Optional<Exhausted> exhausted =
        spent(payer, limits.perPayer(), "the payer has settled too much of late")
            .or(() -> spent(payee, limits.perPayee(), "the payee has been paid too often of late"))
            .or(() -> gas(from));
    if (exhausted.isEmpty()) {
      add(payer, BigInteger.ONE, limits.window());
      add(payee, BigInteger.ONE, limits.window());
    }
    return exhausted;
  }

  /**
   * Counts the gas of a wallet that was not deployed, or of a channel's transaction, once however
   * often it is told.
   *
   * @param signer who signed that it be sent
   */
  synchronized void minedInVain(EvmAddress signer, TransactionReceipt receipt) {
    if (told.add(receipt.transaction())) {
      add(Key.of(Kind.PAYERS_GAS, signer), receipt.gasUsed(), limits.revertedWindow());
    }
  }

  /** Counts gas that was spent in vain: for the payer alone, as anybody can pay any payee. */
  synchronized void reverted(Settlement settlement, BigInteger gas) {
    add(Key.of(Kind.PAYERS_GAS, settlement.key().from()), gas, limits.revertedWindow());
  }

  private Optional<Exhausted> spent(Key key, long most, String detail) {
    return exhausted(key, BigInteger.valueOf(most), Reason.TOO_MANY_PAYMENTS, detail);
  }

  private Optional<Exhausted> gas(EvmAddress payer) {
    return exhausted(
        Key.of(Kind.PAYERS_GAS, payer),
        limits.revertedGas(),
        Reason.REVERTED_GAS_BUDGET_SPENT,
        "too many transactions of this payer were mined in vain of late");
  }

  private Optional<Exhausted> exhausted(Key key, BigInteger most, Reason reason, String detail) {
    Instant now = clock.instant();
    return Optional.ofNullable(windows.get(key))
        .filter(window -> window.end().isAfter(now) && window.used().compareTo(most) >= 0)
        .map(
            window ->
                new Exhausted(new Obstacle(reason, detail), Duration.between(now, window.end())));
  }

  private void add(Key key, BigInteger amount, Duration length) {
    Instant now = clock.instant();
    Window before = windows.get(key);
    windows.put(
        key,
        before == null || !before.end().isAfter(now)
            ? new Window(now.plus(length), amount)
            : new Window(before.end(), before.used().add(amount)));
  }
}
