package org.earnest.core.deal;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/**
 * Who is at work on a leg, what it put down, and until when each party may act: the escrow's own
 * reckoning from the terms and what it stores. All instants are seconds of 1970; a party acts while
 * the chain's time is at most its deadline, and time decides after it.
 */
public record Occupancy(Head head, Leg leg, LegStatus status) {
  /** The payee, or the standby once that has taken over. */
  public EvmAddress occupant() {
    return status.substituted() ? leg.standby() : leg.payee();
  }

  /** Atomic units that the payee at work put down. */
  public BigInteger bond() {
    return status.substituted() ? leg.standbyBond() : leg.bond();
  }

  /** When an active leg's delivery is due. */
  public long due() {
    return status.substituted() ? status.timestamp() + leg.standbyTime() : leg.due();
  }

  /** Until when the payee at work on an active leg may deliver, or dispute. */
  public long deliverBy() {
    return due() + leg.grace();
  }

  /** Whether there is a standby that has not taken over. */
  public boolean callable() {
    return !leg.standby().isZero() && !status.substituted();
  }

  /** Until when the standby of an active leg may take over, which it may after the grace period. */
  public long callBy() {
    return deliverBy() + (callable() ? leg.callWindow() : 0);
  }

  /** Until when an offered leg may be joined. */
  public long joinBy() {
    return Math.min(head.joinBy(), leg.due() - 1);
  }

  /** Until when the client of a delivered leg may object. */
  public long reviewBy() {
    return status.timestamp() + leg.review();
  }

  /** Until when the arbiter of a disputed leg may rule. */
  public long rulingBy() {
    return status.timestamp() + head.rulingTime();
  }

  /** The time after which {@code lapse} works; empty where time decides nothing. */
  public Optional<Long> lapsesAfter() {
    return switch (status.state()) {
      case OFFERED -> Optional.of(joinBy());
      case ACTIVE -> Optional.of(callBy());
      case DELIVERED -> Optional.of(reviewBy());
      case DISPUTED -> Optional.of(rulingBy());
      case NONE, ACCEPTED, LAPSED, MISSED, RULED, SETTLED, WITHDRAWN -> Optional.empty();
    };
  }
}
