package org.earnest.cli.deal;

import java.util.List;

/** Paths without a dispute: who delivers, when, and who is silent. */
final class WorkPaths {
  static final List<DealPath> ALL =
      List.of(
          new DealPath(
              "accepted", "delivered when due; the client accepts", Need.NOTHING, DealPath::well),
          new DealPath(
              "client-silent",
              "delivered when due; the client is silent, and so is an arbiter whom that calls",
              Need.NOTHING,
              leg -> leg.deliver(0).lapse()),
          new DealPath(
              "late",
              "delivered half of the grace period late; the client accepts",
              Need.GRACE,
              leg -> leg.deliver(leg.leg().grace() / 2).accept()),
          new DealPath(
              "last-second",
              "delivered in the last second of the grace period; the client accepts",
              Need.GRACE,
              leg -> leg.deliver(leg.leg().grace()).accept()),
          new DealPath(
              "missing",
              "nobody delivers, and a standby, if there is one, does not answer",
              Need.NOTHING,
              LegScript::lapse),
          new DealPath(
              "standby",
              "the payee misses; the standby takes over and delivers when due; the client accepts",
              Need.STANDBY,
              leg -> leg.substitute().deliver(0).accept()),
          new DealPath(
              "standby-late",
              "the payee misses; the standby delivers in the last second; the client accepts",
              Need.STANDBY.and(Need.GRACE),
              leg -> leg.substitute().deliver(leg.leg().grace()).accept()),
          new DealPath(
              "standby-missing",
              "the payee misses; the standby takes over and misses too",
              Need.STANDBY,
              leg -> leg.substitute().lapse()));

  private WorkPaths() {}
}
