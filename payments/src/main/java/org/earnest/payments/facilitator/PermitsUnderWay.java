package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.permit2.ByPermit2;
import org.earnest.payments.permit2.SponsoredPermit;

/**
 * Which payment goes with which permit. A token takes one permit of each nonce: a second payment
 * that brings one would be mined in vain, though it was good while the first was under way.
 */
final class PermitsUnderWay {
  /** Permits that are remembered; the one longest not asked for gives way. */
  static final int MOST = 100_000;

  private record Permit(EvmAddress token, EvmAddress owner, BigInteger nonce) {
    private static Optional<Permit> of(EvmPayment payment) {
      return payment instanceof ByPermit2 byPermit2
          ? byPermit2.sponsored().map(Permit::of)
          : Optional.empty();
    }

    private static Permit of(SponsoredPermit sponsored) {
      return new Permit(sponsored.asset(), sponsored.permit().owner(), sponsored.permit().nonce());
    }
  }

  private final Settlements settlements;
  private final Map<Permit, Hash32> payments =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Permit, Hash32> eldest) {
          return size() > MOST;
        }
      };

  PermitsUnderWay(Settlements settlements) {
    this.settlements = settlements;
  }

  /** False where another payment, which has not failed, goes with a permit of the same nonce. */
  synchronized boolean take(EvmPayment payment) {
    Optional<Permit> permit = Permit.of(payment);
    if (permit.isEmpty()) {
      return true;
    }
    Hash32 id = payment.key().id();
    Hash32 holder = payments.getOrDefault(permit.get(), id);
    if (!holder.equals(id) && !hasFailed(holder)) {
      return false;
    }
    payments.put(permit.get(), id);
    return true;
  }

  /** One that is not stored yet is about to be. */
  private boolean hasFailed(Hash32 id) {
    return settlements
        .find(id)
        .filter(settlement -> settlement.state() == SettlementState.FAILED)
        .isPresent();
  }

  /** The payment was not begun, unless a twin of its request did. */
  synchronized void giveBack(EvmPayment payment) {
    Hash32 id = payment.key().id();
    Permit.of(payment)
        .filter(any -> settlements.find(id).isEmpty())
        .ifPresent(permit -> payments.remove(permit, id));
  }
}
