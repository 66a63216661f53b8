package org.earnest.testkit.deal;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.deal.Occupancy;
import org.earnest.core.deal.TermsLimits;

/**
 * One leg of a deal as the specification says it: what it becomes by what is done to it, and when.
 * It knows no chain, no clock and no signature; a leg after an event is a new one.
 *
 * @param purses of everybody, what the leg holds not within
 * @param held atomic units that the escrow holds for this leg
 */
public record LegModel(Head head, Leg leg, LegStatus status, Purses purses, BigInteger held) {
  private static final int NO_RATING = 255;
  private static final int WHOLE = 10_000;

  /**
   * A leg whose deal was opened by the client's allowance, in terms that the escrow takes.
   *
   * @param joined whether payee and standby both agreed; else it is offered
   */
  public static LegModel opened(Head head, Leg leg, boolean joined, Purses before) {
    BigInteger price = leg.amount().add(leg.retainer());
    LegModel offered =
        new LegModel(
            head, leg, status(LegState.OFFERED), before.pay(head.client(), price.negate()), price);
    return joined ? offered.join() : offered;
  }

  /** What becomes of an event; events come in the order of time. */
  public LegStep apply(LegEvent event) {
    Optional<String> refusal = new LegRefusals(this, event).first();
    return refusal.isPresent()
        ? new LegStep.Refused(refusal.get())
        : new LegStep.Done(after(event));
  }

  /** Who is at work, and until when. */
  public Occupancy occupancy() {
    return new Occupancy(head, leg, status);
  }

  private LegModel after(LegEvent event) {
    long at = event.at();
    LegClosing closing = new LegClosing(this, at);
    return switch (event.verb()) {
      case LegVerb.Join() -> join();
      case LegVerb.Deliver() ->
          become(LegState.DELIVERED, at, Math.max(0, at - occupancy().due()), undelivered());
      case LegVerb.Accept(int rating) ->
          closing.byShares(LegState.ACCEPTED, WHOLE, WHOLE).rated(rating != NO_RATING, false);
      case LegVerb.Substitute() -> substituted(at);
      case LegVerb.Dispute dispute ->
          become(LegState.DISPUTED, at, status.late(), status.state() == LegState.ACTIVE);
      case LegVerb.Rule(int payeeBps, int bondBps) ->
          closing.byShares(LegState.RULED, payeeBps, bondBps);
      case LegVerb.Settle(var division) ->
          closing.bySums(LegState.SETTLED, division.toPayee(), division.bondBack());
      case LegVerb.Rate rate -> rated(rate.byClient(), !rate.byClient());
      case LegVerb.Lapse() -> lapsed(closing);
      case LegVerb.Withdraw() -> withdrawn(event.sender());
    };
  }

  private LegModel join() {
    return with(status(LegState.ACTIVE))
        .takeBond(leg.payee(), leg.bond())
        .takeBond(leg.standby(), leg.standbyBond());
  }

  private LegModel takeBond(EvmAddress who, BigInteger bond) {
    return bond.signum() == 0
        ? this
        : new LegModel(head, leg, status, purses.addCredit(who, bond.negate()), held.add(bond));
  }

  private LegModel substituted(long at) {
    LegStatus after = new LegStatus(LegState.ACTIVE, true, false, false, false, at, 0);
    return new LegModel(
        head, leg, after, purses.pay(head.client(), leg.bond()), held.subtract(leg.bond()));
  }

  private LegModel lapsed(LegClosing closing) {
    return switch (status.state()) {
      case OFFERED -> closing.offer();
      case ACTIVE -> closing.byShares(LegState.MISSED, 0, 0);
      case DELIVERED ->
          leg.silenceBps() == TermsLimits.ESCALATE
              ? become(LegState.DISPUTED, occupancy().reviewBy(), status.late(), undelivered())
              : closing.byShares(LegState.LAPSED, leg.silenceBps(), WHOLE);
      case DISPUTED ->
          closing.byShares(LegState.LAPSED, undelivered() ? 0 : head.deadlockBps(), WHOLE);
      case NONE, ACCEPTED, LAPSED, MISSED, RULED, SETTLED, WITHDRAWN ->
          throw new IllegalStateException("refused before: " + status);
    };
  }

  private LegModel withdrawn(EvmAddress owner) {
    BigInteger sum = purses.credit(owner);
    return new LegModel(
        head, leg, status, purses.addCredit(owner, sum.negate()).pay(owner, sum), held);
  }

  private boolean undelivered() {
    return status.disputedBeforeDelivery();
  }

  private LegModel become(LegState state, long since, long late, boolean undelivered) {
    return with(
        new LegStatus(
            state,
            status.substituted(),
            status.clientRated(),
            status.payeeRated(),
            undelivered,
            since,
            late));
  }

  private LegModel rated(boolean byClient, boolean byPayee) {
    return with(
        new LegStatus(
            status.state(),
            status.substituted(),
            status.clientRated() || byClient,
            status.payeeRated() || byPayee,
            undelivered(),
            status.timestamp(),
            status.late()));
  }

  private LegModel with(LegStatus changed) {
    return new LegModel(head, leg, changed, purses, held);
  }

  private static LegStatus status(LegState state) {
    return new LegStatus(state, false, false, false, false, 0, 0);
  }
}
