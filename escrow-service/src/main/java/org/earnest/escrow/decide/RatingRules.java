package org.earnest.escrow.decide;

import static org.earnest.escrow.decide.LegDecision.MAX_RATING;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.core.deal.LegState;
import org.earnest.escrow.decide.LegDecision.AlreadyDone;
import org.earnest.escrow.decide.LegDecision.Refused;

/** What each side says of the other, once. */
final class RatingRules {
  /** Seconds after its close in which a leg may be rated. */
  static final long RATING_TIME = Duration.ofDays(30).toSeconds();

  private RatingRules() {}

  static LegDecision rate(LegVerb.Rate rate, LegFacts facts, EscrowBounds bounds) {
    if (rate.rating() == DealEscrowCalls.NO_RATING) {
      return new Refused(outOfRange(rate.rating()));
    }
    Optional<Refusal> senseless = refusalOrNone(rate.rating());
    if (senseless.isPresent()) {
      return new Refused(senseless.get());
    }
    Optional<Refusal> unsigned =
        LegDecision.consent(
            facts,
            new Consents.Wanted(
                facts.side(rate.byClient()),
                "the rating, as " + LegVerb.side(rate.byClient()),
                bounds
                    .typedData()
                    .rate(facts.deal(), facts.index(), rate.byClient(), rate.rating()),
                rate.signature()));
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    boolean done = rate.byClient() ? facts.status().clientRated() : facts.status().payeeRated();
    if (done) {
      return given(facts, rate.byClient()).equals(Optional.of(rate.rating()))
          ? new AlreadyDone()
          : new Refused(
              Refusal.state(
                  "already_rated",
                  "The %s has rated leg %d; a rating is given once."
                      .formatted(LegVerb.side(rate.byClient()), facts.index())));
    }
    return LegDecision.unless(
        List.of(
            LegDecision.inState(
                facts,
                LegState.ACCEPTED,
                LegState.LAPSED,
                LegState.MISSED,
                LegState.RULED,
                LegState.SETTLED),
            LegDecision.inTime(
                facts,
                facts.status().timestamp() + RATING_TIME,
                "A leg is rated within 30 days of its close.")));
  }

  /** Of a rating that may be left out. */
  static Optional<Refusal> refusalOrNone(int rating) {
    return rating == DealEscrowCalls.NO_RATING || (rating >= 0 && rating <= MAX_RATING)
        ? Optional.empty()
        : Optional.of(outOfRange(rating));
  }

  private static Refusal outOfRange(int rating) {
    return Refusal.terms(
        "rating_out_of_range",
        "A rating is 0 to %d, or left out of an acceptance; it is %d."
            .formatted(MAX_RATING, rating));
  }

  /** By the client also with its acceptance. */
  private static Optional<Integer> given(LegFacts facts, boolean byClient) {
    LegFacts.History history = facts.history();
    return byClient
        ? history.clientRating().or(() -> history.closed().map(closed -> closed.rating()))
        : history.payeeRating();
  }
}
