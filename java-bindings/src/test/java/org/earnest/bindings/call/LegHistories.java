package org.earnest.bindings.call;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.Occupancy;
import org.earnest.testkit.deal.LegEvent;
import org.earnest.testkit.deal.LegModel;
import org.earnest.testkit.deal.LegStep;
import org.earnest.testkit.deal.LegVerb;
import org.earnest.testkit.deal.Purses;

/**
 * Random lives of a leg, each by its seed. Most events are what somebody might do next, by whom it
 * may be done and about the second at which that changes; the others are anything by anybody.
 */
final class LegHistories {
  private static final int MAX_EVENTS = 10;
  private static final long RATING_TIME = Duration.ofDays(30).toSeconds();
  private static final int WHOLE = 10_000;

  private final EvmAddress token;
  private final Purses purses;
  private final long opening;

  /**
   * Begins.
   *
   * @param purses of every cast
   * @param opening second of 1970 at which every deal is opened
   */
  LegHistories(EvmAddress token, Purses purses, long opening) {
    this.token = token;
    this.purses = purses;
    this.opening = opening;
  }

  LegHistory of(long seed, LegCast cast) {
    Random random = new Random(seed);
    DealTerms terms = new RandomLegTerms(random, cast, token).next(opening);
    boolean joined = terms.head().joinBy() == 0 || random.nextInt(4) == 0;
    LegModel opened = LegModel.opened(terms.head(), terms.legs().getFirst(), joined, purses);
    List<LegHistory.Tried> tried = new ArrayList<>();
    LegModel leg = opened;
    long now = opening;
    for (int left = 2 + random.nextInt(MAX_EVENTS - 1); left > 0; left--) {
      now = later(random, leg, now);
      LegEvent event = event(random, cast, leg, now);
      LegStep step = leg.apply(event);
      LegModel after = step instanceof LegStep.Done(LegModel next) ? next : leg;
      tried.add(new LegHistory.Tried(event, leg, step, after));
      leg = after;
    }
    return new LegHistory(seed, cast, terms, joined, opened, tried);
  }

  /** The same second, one about which something changes, or one between. */
  private static long later(Random random, LegModel leg, long now) {
    Occupancy on = leg.occupancy();
    List<Long> edges =
        switch (leg.status().state()) {
          case OFFERED -> List.of(on.joinBy());
          case ACTIVE -> List.of(on.due(), on.deliverBy(), on.deliverBy(), on.callBy());
          case DELIVERED -> List.of(on.reviewBy());
          case DISPUTED -> List.of(on.rulingBy());
          case NONE, ACCEPTED, LAPSED, MISSED, RULED, SETTLED, WITHDRAWN ->
              List.of(leg.status().timestamp() + RATING_TIME);
        };
    long edge = edges.get(random.nextInt(edges.size()));
    long then =
        switch (random.nextInt(5)) {
          case 0, 1 -> edge - 1 + random.nextInt(3);
          case 2 -> now + random.nextLong(Math.max(1, edge - now + 1));
          default -> now;
        };
    return Math.max(now, then);
  }

  private static LegEvent event(Random random, LegCast cast, LegModel leg, long now) {
    LegVerb verb = random.nextInt(8) == 0 ? any(random, leg, now) : likely(random, leg, now);
    EvmAddress stranger = cast.stranger().address();
    List<EvmAddress> parties = parties(leg, verb);
    EvmAddress first = parties.getFirst();
    Set<EvmAddress> others = Set.copyOf(parties.subList(1, parties.size()));
    return switch (random.nextInt(12)) {
      case 0 -> new LegEvent(now, cast.anybody(random), Set.of(), verb);
      case 1 -> new LegEvent(now, stranger, Set.of(cast.anybody(random)), verb);
      case 2, 3 -> new LegEvent(now, stranger, Set.copyOf(parties), verb);
      default -> new LegEvent(now, first, others, verb);
    };
  }

  /** Whose consent a verb needs; the first sends it, as a rule. */
  private static List<EvmAddress> parties(LegModel leg, LegVerb verb) {
    Occupancy on = leg.occupancy();
    EvmAddress client = leg.head().client();
    EvmAddress standby = leg.leg().standby();
    return switch (verb) {
      case LegVerb.Join() ->
          standby.isZero() ? List.of(leg.leg().payee()) : List.of(leg.leg().payee(), standby);
      case LegVerb.Deliver() -> List.of(on.occupant());
      case LegVerb.Accept accept -> List.of(client);
      case LegVerb.Substitute() -> List.of(standby.isZero() ? client : standby);
      case LegVerb.Dispute(boolean byClient) -> List.of(byClient ? client : on.occupant());
      case LegVerb.Rule rule ->
          List.of(leg.head().arbiter().isZero() ? client : leg.head().arbiter());
      case LegVerb.Settle settle -> List.of(client, on.occupant());
      case LegVerb.Rate rate -> List.of(rate.byClient() ? client : on.occupant());
      case LegVerb.Lapse() -> List.of(client);
      case LegVerb.Withdraw() ->
          List.of(
              leg.head().feeBps() == 0 || leg.status().state() == LegState.OFFERED
                  ? leg.leg().payee()
                  : leg.head().feeReceiver());
    };
  }

  private static LegVerb likely(Random random, LegModel leg, long now) {
    int choice = random.nextInt(8);
    return switch (leg.status().state()) {
      case OFFERED ->
          choice < 4
              ? new LegVerb.Join()
              : choice < 6 ? new LegVerb.Withdraw() : new LegVerb.Lapse();
      case ACTIVE ->
          switch (choice) {
            case 0, 1, 2 -> new LegVerb.Deliver();
            case 3 -> new LegVerb.Dispute(false);
            case 4, 5 -> new LegVerb.Substitute();
            case 6 -> settle(random, leg, now);
            default -> new LegVerb.Lapse();
          };
      case DELIVERED ->
          switch (choice) {
            case 0, 1 -> new LegVerb.Accept(rating(random));
            case 2, 3 -> new LegVerb.Dispute(random.nextBoolean());
            case 4 -> settle(random, leg, now);
            default -> new LegVerb.Lapse();
          };
      case DISPUTED ->
          choice < 4 ? rule(random) : choice < 5 ? settle(random, leg, now) : new LegVerb.Lapse();
      case NONE, ACCEPTED, LAPSED, MISSED, RULED, SETTLED, WITHDRAWN ->
          choice < 5
              ? new LegVerb.Rate(random.nextBoolean(), rating(random))
              : choice < 7 ? new LegVerb.Withdraw() : new LegVerb.Lapse();
    };
  }

  private static LegVerb any(Random random, LegModel leg, long now) {
    return switch (random.nextInt(10)) {
      case 0 -> new LegVerb.Join();
      case 1 -> new LegVerb.Deliver();
      case 2 -> new LegVerb.Accept(rating(random));
      case 3 -> new LegVerb.Substitute();
      case 4 -> new LegVerb.Dispute(random.nextBoolean());
      case 5 -> rule(random);
      case 6 -> settle(random, leg, now);
      case 7 -> new LegVerb.Rate(random.nextBoolean(), rating(random));
      case 8 -> new LegVerb.Lapse();
      default -> new LegVerb.Withdraw();
    };
  }

  private static LegVerb rule(Random random) {
    return new LegVerb.Rule(share(random), share(random));
  }

  private static LegVerb settle(Random random, LegModel leg, long now) {
    Leg on = leg.leg();
    return new LegVerb.Settle(
        new Division(
            part(random, on.amount()),
            part(random, leg.occupancy().bond()),
            now - 1 + random.nextInt(10)));
  }

  private static BigInteger part(Random random, BigInteger whole) {
    return switch (random.nextInt(10)) {
      case 0 -> whole.add(BigInteger.ONE);
      case 1, 2 -> whole;
      default -> new BigInteger(whole.bitLength() + 1, random).min(whole);
    };
  }

  private static int share(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> WHOLE + 1;
      case 1, 2 -> WHOLE;
      case 3 -> 0;
      default -> random.nextInt(WHOLE);
    };
  }

  private static int rating(Random random) {
    int drawn = random.nextInt(130);
    return drawn <= 101 ? drawn : DealEscrowCalls.NO_RATING;
  }
}
