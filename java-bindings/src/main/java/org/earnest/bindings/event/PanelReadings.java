package org.earnest.bindings.event;

import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.eip712.Vote;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.deal.DealId;

/** How a panel's events become ours. */
final class PanelReadings {
  private PanelReadings() {}

  static PanelEvent voted(ChainLog log) {
    LogValues values = LogValues.of(PanelArbiter.VOTED_EVENT, log);
    return new PanelEvent.Voted(
        values.indexedAddress(2),
        new Vote(
            new DealId(values.indexedHash(0)),
            values.indexedUint(1).intValueExact(),
            Vote.Stance.of(values.small(0)),
            values.small(1),
            values.hash(2)));
  }

  static PanelEvent decided(ChainLog log) {
    LogValues values = LogValues.of(PanelArbiter.DECIDED_EVENT, log);
    PanelArbiter.Tally tally = values.struct(1, PanelArbiter.Tally.class);
    return new PanelEvent.Decided(
        new DealId(values.indexedHash(0)),
        values.indexedUint(1).intValueExact(),
        Vote.Stance.of(values.small(0)),
        tally.voted,
        tally.endorsing,
        tally.challenging,
        values.uint(2));
  }

  static PanelEvent escalated(ChainLog log) {
    LogValues values = LogValues.of(PanelArbiter.ESCALATED_EVENT, log);
    return new PanelEvent.Escalated(
        new DealId(values.indexedHash(0)),
        values.indexedUint(1).intValueExact(),
        values.small(0),
        values.small(1),
        values.hash(2));
  }
}
