package org.earnest.cli.deal;

import java.util.List;
import org.earnest.core.chain.BasisPoints;

/** Paths on which the arbiter is called. */
final class DisputePaths {
  private static final int ALL_OF_IT = BasisPoints.WHOLE;
  private static final int HALF = BasisPoints.WHOLE / 2;
  private static final Need OBJECTION = Need.ARBITER.and(Need.REVIEW);

  static final List<DealPath> ALL =
      List.of(
          new DealPath(
              "ruled-for-payee",
              "the client disputes the delivery; the arbiter gives the payee all, and its bond",
              OBJECTION,
              leg -> leg.deliver(0).dispute().rule(ALL_OF_IT, ALL_OF_IT)),
          new DealPath(
              "ruled-halves",
              "the client disputes the delivery; the arbiter divides the price and the bond by two",
              OBJECTION,
              leg -> leg.deliver(0).dispute().rule(HALF, HALF)),
          new DealPath(
              "ruled-for-client",
              "the client disputes the delivery; the arbiter gives the client all but the bond",
              OBJECTION,
              leg -> leg.deliver(0).dispute().rule(0, ALL_OF_IT)),
          new DealPath(
              "ruled-for-client-with-bond",
              "the client disputes the delivery; the arbiter gives the client all, and the bond",
              OBJECTION,
              leg -> leg.deliver(0).dispute().rule(0, 0)),
          new DealPath(
              "ruled-late",
              "delivered half of the grace period late; the client disputes; the arbiter gives the"
                  + " payee all that the delay leaves",
              OBJECTION.and(Need.GRACE),
              leg -> leg.deliver(leg.leg().grace() / 2).dispute().rule(ALL_OF_IT, ALL_OF_IT)),
          new DealPath(
              "arbiter-silent",
              "the client disputes the delivery; the arbiter is silent",
              OBJECTION,
              leg -> leg.deliver(0).dispute().lapse()),
          new DealPath(
              "ruled-undelivered",
              "the payee disputes before it delivers; the arbiter divides the price by two, and"
                  + " gives the bond back",
              Need.ARBITER,
              leg -> leg.dispute().rule(HALF, ALL_OF_IT)),
          new DealPath(
              "arbiter-silent-undelivered",
              "the payee disputes before it delivers; the arbiter is silent",
              Need.ARBITER,
              leg -> leg.dispute().lapse()));

  private DisputePaths() {}
}
