package org.earnest.testkit.deal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.Occupancy;

/** Why an event is refused: the first of the contract's reasons, in its order. */
final class LegRefusals {
  private static final int WHOLE = 10_000;
  private static final int MAX_RATING = 100;
  private static final int NO_RATING = 255;
  private static final long RATING_TIME = Duration.ofDays(30).toSeconds();
  private static final Set<LegState> OPEN =
      Set.of(LegState.ACTIVE, LegState.DELIVERED, LegState.DISPUTED);

  private final LegModel model;
  private final LegEvent event;
  private final Leg leg;
  private final Occupancy on;
  private final LegState state;

  LegRefusals(LegModel model, LegEvent event) {
    this.model = model;
    this.event = event;
    this.leg = model.leg();
    this.on = model.occupancy();
    this.state = model.status().state();
  }

  /** Empty where nothing is against it. */
  Optional<String> first() {
    return switch (event.verb()) {
      case LegVerb.Join() -> join();
      case LegVerb.Deliver() ->
          in(LegState.ACTIVE).or(() -> inTime(on.deliverBy())).or(() -> consent(on.occupant()));
      case LegVerb.Accept(int rating) ->
          in(LegState.DELIVERED)
              .or(() -> consent(client()))
              .or(() -> when(rating > MAX_RATING && rating != NO_RATING, "RatingOutOfRange"));
      case LegVerb.Substitute() -> substitute();
      case LegVerb.Dispute(boolean byClient) -> dispute(byClient);
      case LegVerb.Rule(int payeeBps, int bondBps) -> rule(Math.max(payeeBps, bondBps));
      case LegVerb.Settle(Division division) -> settle(division);
      case LegVerb.Rate(boolean byClient, int rating) -> rate(byClient, rating);
      case LegVerb.Lapse() -> lapse();
      case LegVerb.Withdraw() ->
          when(model.purses().credit(event.sender()).signum() == 0, "NoCredit");
    };
  }

  private Optional<String> join() {
    return in(LegState.OFFERED)
        .or(() -> inTime(on.joinBy()))
        .or(() -> consent(leg.payee()))
        .or(() -> leg.standby().isZero() ? Optional.empty() : consent(leg.standby()))
        .or(() -> covered(leg.payee(), leg.bond()))
        .or(() -> covered(leg.standby(), leg.standbyBond()));
  }

  private Optional<String> substitute() {
    return in(LegState.ACTIVE)
        .or(() -> when(!on.callable(), "NoStandby"))
        .or(() -> lapsed(on.deliverBy()))
        .or(() -> inTime(on.callBy()))
        .or(() -> consent(leg.standby()));
  }

  private Optional<String> dispute(boolean byClient) {
    return when(model.head().arbiter().isZero(), "NoArbiter")
        .or(
            () ->
                state == LegState.ACTIVE && !byClient
                    ? inTime(on.deliverBy())
                    : in(LegState.DELIVERED).or(() -> inTime(on.reviewBy())))
        .or(() -> consent(byClient ? client() : on.occupant()));
  }

  private Optional<String> rule(int highest) {
    return in(LegState.DISPUTED)
        .or(() -> inTime(on.rulingBy()))
        .or(() -> when(!event.sender().equals(model.head().arbiter()), "CallerIsNotParty"))
        .or(() -> when(highest > WHOLE, "ShareAboveMax"));
  }

  private Optional<String> settle(Division division) {
    return when(!OPEN.contains(state), "WrongState")
        .or(() -> inTime(division.validBefore()))
        .or(() -> consent(client()))
        .or(() -> consent(on.occupant()))
        .or(() -> when(division.toPayee().compareTo(leg.amount()) > 0, "SettlementAboveAmount"))
        .or(() -> when(division.bondBack().compareTo(on.bond()) > 0, "SettlementAboveBond"));
  }

  private Optional<String> rate(boolean byClient, int rating) {
    boolean rated = byClient ? model.status().clientRated() : model.status().payeeRated();
    return when(!state.terminal() || state == LegState.WITHDRAWN, "WrongState")
        .or(() -> when(rated, "AlreadyRated"))
        .or(() -> inTime(model.status().timestamp() + RATING_TIME))
        .or(() -> when(rating > MAX_RATING, "RatingOutOfRange"))
        .or(() -> consent(byClient ? client() : on.occupant()));
  }

  private Optional<String> lapse() {
    boolean withdraws = state == LegState.OFFERED && event.sender().equals(client());
    Optional<Long> deadline = on.lapsesAfter();
    if (deadline.isEmpty()) {
      return Optional.of("WrongState");
    }
    return withdraws ? Optional.empty() : lapsed(deadline.get());
  }

  private EvmAddress client() {
    return model.head().client();
  }

  private Optional<String> in(LegState wanted) {
    return when(state != wanted, "WrongState");
  }

  private Optional<String> inTime(long deadline) {
    return when(event.at() > deadline, "DeadlinePassed");
  }

  private Optional<String> lapsed(long deadline) {
    return when(event.at() <= deadline, "NotLapsed");
  }

  private Optional<String> covered(EvmAddress who, BigInteger bond) {
    return when(model.purses().credit(who).compareTo(bond) < 0, "InsufficientCredit");
  }

  /** A party's signature, or the party as the sender where no signature stands in its place. */
  private Optional<String> consent(EvmAddress party) {
    if (event.signed().contains(party)) {
      return Optional.empty();
    }
    boolean roomForTwo =
        event.verb() instanceof LegVerb.Join || event.verb() instanceof LegVerb.Settle;
    return !roomForTwo && !event.signed().isEmpty()
        ? Optional.of("InvalidSignature")
        : when(!event.sender().equals(party), "CallerIsNotParty");
  }

  private static Optional<String> when(boolean broken, String error) {
    return broken ? Optional.of(error) : Optional.empty();
  }
}
