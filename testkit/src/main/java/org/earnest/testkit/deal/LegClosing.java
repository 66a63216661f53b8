package org.earnest.testkit.deal;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.deal.Occupancy;

/** Who gets what when a leg ends: the specification's money arithmetic, every division down. */
final class LegClosing {
  private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

  private final LegModel before;
  private final Head head;
  private final Leg leg;
  private final Occupancy on;
  private final long at;

  LegClosing(LegModel before, long at) {
    this.before = before;
    this.head = before.head();
    this.leg = before.leg();
    this.on = before.occupancy();
    this.at = at;
  }

  LegModel byShares(LegState end, int payeeBps, int bondBps) {
    BigInteger penalty = penalty();
    BigInteger net = leg.amount().subtract(penalty);
    BigInteger arbiterFee =
        end == LegState.RULED ? share(net, head.arbiterFeeBps()) : BigInteger.ZERO;
    BigInteger gross = share(net.subtract(arbiterFee), payeeBps);
    return close(end, gross, arbiterFee, share(on.bond(), bondBps));
  }

  LegModel bySums(LegState end, BigInteger toPayee, BigInteger bondBack) {
    return close(end, toPayee, BigInteger.ZERO, bondBack);
  }

  /** Nobody joined: all goes back to the client. */
  LegModel offer() {
    return ended(
        new LegStatus(LegState.WITHDRAWN, false, false, false, false, at, 0),
        before.purses().pay(head.client(), before.held()));
  }

  private LegModel close(
      LegState end, BigInteger gross, BigInteger arbiterFee, BigInteger bondBack) {
    BigInteger fee = share(gross, head.feeBps());
    BigInteger toPayee = gross.subtract(fee).add(bondBack);
    BigInteger toClient = leg.amount().subtract(arbiterFee).subtract(gross);
    toClient = toClient.add(on.bond()).subtract(bondBack);
    BigInteger readiness = on.callable() ? leg.retainer().add(leg.standbyBond()) : leg.retainer();
    EvmAddress ready = end == LegState.MISSED ? head.client() : leg.standby();
    Purses after = before.purses().pay(on.occupant(), toPayee).pay(head.client(), toClient);
    after = readiness.signum() == 0 ? after : after.pay(ready, readiness);
    after = fee.signum() == 0 ? after : after.addCredit(head.feeReceiver(), fee);
    after = arbiterFee.signum() == 0 ? after : after.addCredit(head.arbiter(), arbiterFee);
    LegStatus status = before.status();
    return ended(
        new LegStatus(
            end,
            status.substituted(),
            status.clientRated(),
            status.payeeRated(),
            status.disputedBeforeDelivery(),
            at,
            status.late()),
        after);
  }

  private LegModel ended(LegStatus status, Purses after) {
    BigInteger paid = sum(after).subtract(sum(before.purses()));
    return new LegModel(head, leg, status, after, before.held().subtract(paid));
  }

  private BigInteger penalty() {
    long late = Math.min(before.status().late(), leg.grace());
    return late == 0
        ? BigInteger.ZERO
        : leg.penaltyMax()
            .multiply(BigInteger.valueOf(late))
            .divide(BigInteger.valueOf(leg.grace()));
  }

  private static BigInteger share(BigInteger sum, int bps) {
    return sum.multiply(BigInteger.valueOf(bps)).divide(WHOLE);
  }

  private static BigInteger sum(Purses purses) {
    BigInteger sum = BigInteger.ZERO;
    for (BigInteger each : purses.balances().values()) {
      sum = sum.add(each);
    }
    for (BigInteger each : purses.credits().values()) {
      sum = sum.add(each);
    }
    return sum;
  }
}
