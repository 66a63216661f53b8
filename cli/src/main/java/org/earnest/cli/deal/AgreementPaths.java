package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.deal.LegState;

/** Paths on which both agree to end it, or one never agreed to begin. */
final class AgreementPaths {
  static final List<DealPath> ALL =
      List.of(
          new DealPath(
              "settled",
              "delivered when due; both settle for half of the price, the bond goes back",
              Need.NOTHING,
              leg -> leg.deliver(0).settle(leg.leg().amount().shiftRight(1), leg.bond())),
          new DealPath(
              "cancelled",
              "both cancel before anything is delivered, the bond goes back",
              Need.NOTHING,
              leg -> leg.settle(BigInteger.ZERO, leg.bond())),
          new DealPath(
              "never-joined",
              "the client's money is in, and the payee never joins, nor puts a bond in",
              LegState.OFFERED,
              Need.OFFER,
              LegScript::lapse));

  private AgreementPaths() {}
}
