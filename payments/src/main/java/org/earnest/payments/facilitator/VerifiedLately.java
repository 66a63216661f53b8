package org.earnest.payments.facilitator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.exact.EvmPayment;

/**
 * Which payments were found good of late, and so unused then: whatever has used one of them since
 * has made it. Kept in memory; after a restart a payment that was used by somebody else is refused.
 */
final class VerifiedLately {
  /** Longer than a request lives, its handler's time included. */
  static final Duration KEPT = Duration.ofMinutes(2);

  /** Payments at most; the oldest gives way. */
  static final int MOST = 100_000;

  private record Seen(Hash32 calldata, Instant at) {
    boolean isOver(Instant now) {
      return !at.plus(KEPT).isAfter(now);
    }
  }

  private final InstantSource clock;
  private final Map<Hash32, Seen> payments =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, Seen> eldest) {
          return size() > MOST;
        }
      };

  VerifiedLately(InstantSource clock) {
    this.clock = clock;
  }

  void add(VerifiedPayment verified) {
    Instant now = clock.instant();
    Hash32 id = verified.payment().key().id();
    Seen seen = new Seen(fingerprint(verified.transfer()), now);
    synchronized (payments) {
      // The oldest come first.
      Iterator<Seen> all = payments.values().iterator();
      while (all.hasNext() && all.next().isOver(now)) {
        all.remove();
      }
      payments.remove(id);
      payments.put(id, seen);
    }
  }

  /** Whether this very payment, signature and all, was found good. */
  boolean has(EvmPayment payment) {
    synchronized (payments) {
      Seen seen = payments.get(payment.key().id());
      return seen != null
          && !seen.isOver(clock.instant())
          && seen.calldata().equals(fingerprint(payment.transfer()));
    }
  }

  int size() {
    synchronized (payments) {
      return payments.size();
    }
  }

  /** A contract wallet's signature may be long, so that its hash is kept alone. */
  private static Hash32 fingerprint(ChainCall transfer) {
    return Keccak256.hash(transfer.data());
  }
}
