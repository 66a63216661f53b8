package org.earnest.cli.deal;

import java.util.Optional;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** What terms must say for a path to be possible. */
@FunctionalInterface
interface Need {
  Need NOTHING = (head, leg, opened) -> Optional.empty();

  Need STANDBY = (head, leg, opened) -> when(leg.standby().isZero(), "nobody stands by");

  Need ARBITER = (head, leg, opened) -> when(head.arbiter().isZero(), "there is no arbiter");

  Need GRACE =
      (head, leg, opened) ->
          when(leg.grace() == 0, "grace is 0: what is not delivered when due is missed");

  Need REVIEW =
      (head, leg, opened) -> when(leg.review() == 0, "review is 0: there is no time to object");

  Need OFFER =
      (head, leg, opened) ->
          when(head.joinBy() == 0, "joinBy is 0: it opens with every signature or not at all")
              .or(() -> when(head.joinBy() < opened, "joinBy has passed"));

  /**
   * Why it is impossible.
   *
   * @param opened second of 1970
   * @return empty where it is possible
   */
  Optional<String> unmet(Head head, Leg leg, long opened);

  default Need and(Need other) {
    return (head, leg, opened) -> unmet(head, leg, opened).or(() -> other.unmet(head, leg, opened));
  }

  private static Optional<String> when(boolean unmet, String why) {
    return unmet ? Optional.of(why) : Optional.empty();
  }
}
