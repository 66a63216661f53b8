package org.earnest.testkit.deal;

/** What becomes of an event. */
public sealed interface LegStep {
  /** The leg after it. */
  record Done(LegModel after) implements LegStep {}

  /** Nothing changes; the contract's name of the error. */
  record Refused(String error) implements LegStep {}
}
