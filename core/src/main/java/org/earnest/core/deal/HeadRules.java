package org.earnest.core.deal;

import java.util.Optional;
import org.earnest.core.chain.BasisPoints;
import org.earnest.core.chain.EvmAddress;

/** The escrow's rules for what a deal's legs share. */
final class HeadRules {
  private final Head head;
  private final EvmAddress escrow;
  private final long now;

  HeadRules(Head head, EvmAddress escrow, long now) {
    this.head = head;
    this.escrow = escrow;
    this.now = now;
  }

  Head head() {
    return head;
  }

  long now() {
    return now;
  }

  Optional<BrokenRule> check() {
    return TermsRules.first(
        this::openBy,
        () -> party(head.client()),
        this::arbiter,
        this::rulingTime,
        this::feeReceiver,
        () -> fee(head.feeBps()),
        () -> fee(head.arbiterFeeBps()),
        () -> share(head.deadlockBps()));
  }

  /** No party is zero, the escrow or the token. */
  Optional<BrokenRule> party(EvmAddress party) {
    return rule(
        party.isZero() || party.equals(head.token()) || party.equals(escrow),
        "ForbiddenParty",
        "%s is a party; no party may be zero, the escrow %s or the token %s."
            .formatted(party, escrow, head.token()));
  }

  static Optional<BrokenRule> share(int bps) {
    return rule(
        bps > BasisPoints.WHOLE,
        "ShareAboveMax",
        "A share of %d is above %d.".formatted(bps, BasisPoints.WHOLE));
  }

  static Optional<BrokenRule> rule(boolean broken, String error, String detail) {
    return broken ? Optional.of(new BrokenRule(error, detail)) : Optional.empty();
  }

  private Optional<BrokenRule> openBy() {
    return rule(
        now > head.openBy(),
        "OpenDeadlinePassed",
        ("The signatures were good until openBy %d; the chain's time is %d."
                + " Agree on terms with a later openBy.")
            .formatted(head.openBy(), now));
  }

  private Optional<BrokenRule> arbiter() {
    if (head.arbiter().isZero()) {
      return Optional.empty();
    }
    return party(head.arbiter())
        .or(
            () ->
                rule(
                    head.arbiter().equals(head.client()),
                    "ArbiterIsClient",
                    "The client %s is its own arbiter.".formatted(head.client())));
  }

  private Optional<BrokenRule> rulingTime() {
    return rule(
            head.arbiter().isZero() != (head.rulingTime() == 0),
            "RulingTimeMismatch",
            "rulingTime is %d and the arbiter %s; one goes with the other."
                .formatted(head.rulingTime(), head.arbiter()))
        .or(
            () ->
                rule(
                    head.rulingTime() > TermsLimits.MAX_RULING_TIME,
                    "RulingTimeAboveMax",
                    "rulingTime %d s is above %d s."
                        .formatted(head.rulingTime(), TermsLimits.MAX_RULING_TIME)));
  }

  private Optional<BrokenRule> feeReceiver() {
    if (head.feeReceiver().isZero() != (head.feeBps() == 0)) {
      return rule(
          true,
          "FeeReceiverMismatch",
          "feeBps is %d and feeReceiver %s; one goes with the other."
              .formatted(head.feeBps(), head.feeReceiver()));
    }
    return head.feeBps() == 0 ? Optional.empty() : party(head.feeReceiver());
  }

  private static Optional<BrokenRule> fee(int bps) {
    return rule(
        bps > TermsLimits.MAX_FEE_BPS,
        "FeeAboveMax",
        "A fee of %d is above %d.".formatted(bps, TermsLimits.MAX_FEE_BPS));
  }
}
