package org.earnest.escrow.chain;

import org.earnest.bindings.revert.RevertReason;

/** What the contract would say to a call. */
public sealed interface Rehearsal {
  record Passes() implements Rehearsal {}

  /** It would pass after the newest block, and not after what waits to be mined: the same call. */
  record InFlight() implements Rehearsal {}

  record Refused(RevertReason reason) implements Rehearsal {}
}
