package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.deal.Occupancy;
import org.earnest.core.deal.TermsLimits;

/**
 * One leg's way to its end, written move by move. The times are the last at which a move is still
 * good, or the first at which time has decided; the contract has its own word on each.
 */
final class LegScript {
  private final DealTerms terms;
  private final int index;
  private final List<Move> moves = new ArrayList<>();
  private LegState state;
  private boolean substituted;
  private long since;
  private long now;

  /**
   * Begins one.
   *
   * @param state active, or offered where nobody has joined
   * @param opened second of 1970
   */
  LegScript(DealTerms terms, int index, LegState state, long opened) {
    this.terms = terms;
    this.index = index;
    this.state = state;
    this.now = opened;
  }

  List<Move> moves() {
    return List.copyOf(moves);
  }

  Leg leg() {
    return terms.legs().get(index);
  }

  /** What the payee at work put down. */
  BigInteger bond() {
    return work().bond();
  }

  /** Delivers so many seconds after the work is due; 0 is in time. */
  LegScript deliver(long late) {
    Occupancy work = work();
    move(work.due() + late, new Act.Deliver(work.occupant()));
    return become(LegState.DELIVERED);
  }

  LegScript accept() {
    move(now, new Act.Accept());
    return become(LegState.ACCEPTED);
  }

  /** The standby takes over as soon as it may. */
  LegScript substitute() {
    move(work().deliverBy() + 1, new Act.Substitute());
    substituted = true;
    return become(LegState.ACTIVE);
  }

  /** The client disputes what was delivered; where nothing was, the payee does when it is due. */
  LegScript dispute() {
    Occupancy work = work();
    if (state == LegState.DELIVERED) {
      move(now, new Act.Dispute(terms.head().client(), true));
    } else {
      move(work.due(), new Act.Dispute(work.occupant(), false));
    }
    return become(LegState.DISPUTED);
  }

  LegScript rule(int payeeBps, int bondBps) {
    move(now, new Act.Rule(payeeBps, bondBps));
    return become(LegState.RULED);
  }

  LegScript settle(BigInteger toPayee, BigInteger bondBack) {
    move(now, new Act.Settle(state, work().occupant(), new Division(toPayee, bondBack, now)));
    return become(LegState.SETTLED);
  }

  /** Lets time decide, again where that only calls the arbiter. */
  LegScript lapse() {
    Occupancy work = work();
    move(work.lapsesAfter().orElseThrow() + 1, new Act.Lapse());
    if (state == LegState.DELIVERED && leg().silenceBps() == TermsLimits.ESCALATE) {
      state = LegState.DISPUTED;
      since = work.reviewBy();
      return lapse();
    }
    return become(LegState.LAPSED);
  }

  private Occupancy work() {
    return new Occupancy(
        terms.head(), leg(), new LegStatus(state, substituted, false, false, false, since, 0));
  }

  private void move(long at, Act act) {
    now = Math.max(now, at);
    moves.add(new Move(now, index, act));
  }

  private LegScript become(LegState next) {
    state = next;
    since = now;
    return this;
  }
}
