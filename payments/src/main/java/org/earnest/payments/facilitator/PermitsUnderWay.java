package org.earnest.payments.facilitator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.permit2.ByPermit2;
import org.earnest.payments.permit2.SponsoredPermit;

/**
 * Which payment goes with a permit of which account. A token takes an account's permits one after
 * the other: of two that are under way at once one would be mined in vain, though both were good
 * before. The nonce that a payment names counts for nothing here, as nobody holds it against what
 * was signed.
 */
final class PermitsUnderWay {
  /** Accounts that are remembered; the one longest not asked for gives way. */
  static final int MOST = 100_000;

  /** Whether a payment may go with its permit. */
  enum Turn {
    /** It may. */
    FREE,

    /** It may, and what was seen of the chain before may have changed: another has gone since. */
    AFTER_ANOTHER,

    /** Another one goes with a permit just now. */
    TAKEN
  }

  private record Owner(EvmAddress token, EvmAddress account) {
    private static Optional<Owner> of(EvmPayment payment) {
      return payment instanceof ByPermit2 byPermit2
          ? byPermit2.sponsored().map(Owner::of)
          : Optional.empty();
    }

    private static Owner of(SponsoredPermit sponsored) {
      return new Owner(sponsored.asset(), sponsored.permit().owner());
    }
  }

  /**
   * Whose turn it is.
   *
   * @param beginning requests that may be about to store the payment's settlement
   */
  private record Holder(Hash32 payment, int beginning) {
    Holder and(int more) {
      return new Holder(payment, beginning + more);
    }
  }

  private final Function<Hash32, Optional<Settlement>> settlements;
  private final Map<Owner, Holder> holders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Owner, Holder> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Knows of none at first.
   *
   * @param settlements as the chain shows them now
   */
  PermitsUnderWay(Function<Hash32, Optional<Settlement>> settlements) {
    this.settlements = settlements;
  }

  /** Whether another payment goes with a permit of the same account just now. */
  boolean isTaken(EvmPayment payment) {
    return Owner.of(payment)
        .flatMap(this::holder)
        .filter(holder -> !holder.payment().equals(payment.key().id()) && !isOver(holder))
        .isPresent();
  }

  /** Unless it is taken, it is to be {@link #begun given} on. */
  Turn take(EvmPayment payment) {
    Optional<Owner> owner = Owner.of(payment);
    if (owner.isEmpty()) {
      return Turn.FREE;
    }
    Hash32 id = payment.key().id();
    Optional<Holder> other = takeUnlessHeld(owner.get(), id, Optional.empty());
    if (other.isEmpty()) {
      return Turn.FREE;
    }
    return isOver(other.get()) && takeUnlessHeld(owner.get(), id, other).isEmpty()
        ? Turn.AFTER_ANOTHER
        : Turn.TAKEN;
  }

  /** Its settlement is stored now, or it is not to be made. */
  void begun(EvmPayment payment) {
    Owner.of(payment).ifPresent(owner -> begun(owner, payment.key().id()));
  }

  private void begun(Owner owner, Hash32 id) {
    synchronized (holders) {
      holders.computeIfPresent(
          owner, (any, holder) -> holder.payment().equals(id) ? holder.and(-1) : holder);
    }
  }

  private Optional<Holder> holder(Owner owner) {
    synchronized (holders) {
      return Optional.ofNullable(holders.get(owner));
    }
  }

  /** Who else holds it, other than one that is known to be over. */
  private Optional<Holder> takeUnlessHeld(Owner owner, Hash32 id, Optional<Holder> over) {
    synchronized (holders) {
      Holder holder = holders.getOrDefault(owner, new Holder(id, 0));
      boolean own = holder.payment().equals(id);
      if (!own && !over.equals(Optional.of(holder))) {
        return Optional.of(holder);
      }
      holders.put(owner, own ? holder.and(1) : new Holder(id, 1));
      return Optional.empty();
    }
  }

  /** Asks the database and the chain, and so never under the lock that everybody passes. */
  private boolean isOver(Holder holder) {
    return holder.beginning() == 0
        && settlements
            .apply(holder.payment())
            .filter(settlement -> settlement.state() == SettlementState.SUBMITTED)
            .isEmpty();
  }
}
