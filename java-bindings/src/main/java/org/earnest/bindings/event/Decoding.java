package org.earnest.bindings.event;

/** What a log turned out to be. */
public sealed interface Decoding {
  record Decoded(ContractEvent event) implements Decoding {}

  /** Not an event of the house's contracts. */
  record Unrecognised() implements Decoding {}

  /**
   * An event by its signature, but not by its content: from a contract that imitates ours.
   *
   * @param reason what does not fit, safe to print
   */
  record Malformed(String reason) implements Decoding {}
}
