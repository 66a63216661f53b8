package org.earnest.escrow.decide;

import static org.earnest.escrow.decide.TermsRules.MAX_FEE_BPS;

import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.chain.BasisPoints;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.Head;

/** The contract's rules for what a deal's legs share, in its order. */
final class HeadRules {
  private HeadRules() {}

  static Stream<Optional<Refusal>> check(Head head, EvmAddress escrow, long now) {
    return Stream.of(
        openBy(head, now),
        party(head.client(), head, escrow),
        arbiter(head, escrow),
        rulingTime(head),
        feeReceiver(head, escrow),
        fee(head.feeBps()),
        fee(head.arbiterFeeBps()),
        share(head.deadlockBps()));
  }

  /** No party is zero, the escrow or the token. */
  static Optional<Refusal> party(EvmAddress party, Head head, EvmAddress escrow) {
    return party.isZero() || party.equals(head.token()) || party.equals(escrow)
        ? Optional.of(
            Refusal.terms(
                "forbidden_party",
                "%s is a party; no party may be zero, the escrow %s or the token %s."
                    .formatted(party, escrow, head.token())))
        : Optional.empty();
  }

  static Optional<Refusal> share(int bps) {
    return bps > BasisPoints.WHOLE
        ? Optional.of(
            Refusal.terms(
                "share_above_max", "A share of %d is above %d.".formatted(bps, BasisPoints.WHOLE)))
        : Optional.empty();
  }

  private static Optional<Refusal> openBy(Head head, long now) {
    return now > head.openBy()
        ? Optional.of(
            Refusal.state(
                "open_deadline_passed",
                ("The signatures were good until openBy %d; the chain's time is %d."
                        + " Agree on terms with a later openBy.")
                    .formatted(head.openBy(), now)))
        : Optional.empty();
  }

  private static Optional<Refusal> arbiter(Head head, EvmAddress escrow) {
    if (head.arbiter().isZero()) {
      return Optional.empty();
    }
    return head.arbiter().equals(head.client())
        ? Optional.of(
            Refusal.terms(
                "arbiter_is_client", "The client %s is its own arbiter.".formatted(head.client())))
        : party(head.arbiter(), head, escrow);
  }

  private static Optional<Refusal> rulingTime(Head head) {
    return head.arbiter().isZero() == (head.rulingTime() == 0)
        ? Optional.empty()
        : Optional.of(
            Refusal.terms(
                "ruling_time_mismatch",
                "rulingTime is %d and the arbiter %s; one goes with the other."
                    .formatted(head.rulingTime(), head.arbiter())));
  }

  private static Optional<Refusal> feeReceiver(Head head, EvmAddress escrow) {
    if (head.feeReceiver().isZero() != (head.feeBps() == 0)) {
      return Optional.of(
          Refusal.terms(
              "fee_receiver_mismatch",
              "feeBps is %d and feeReceiver %s; one goes with the other."
                  .formatted(head.feeBps(), head.feeReceiver())));
    }
    return head.feeBps() == 0 ? Optional.empty() : party(head.feeReceiver(), head, escrow);
  }

  private static Optional<Refusal> fee(int bps) {
    return bps > MAX_FEE_BPS
        ? Optional.of(
            Refusal.terms("fee_above_max", "A fee of %d is above %d.".formatted(bps, MAX_FEE_BPS)))
        : Optional.empty();
  }
}
