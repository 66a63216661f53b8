package org.earnest.core.chain;

/** The answer of {@code eth_call}: a revert is an answer, not a failure of the node. */
public sealed interface CallOutcome {
  /**
   * The call succeeded.
   *
   * @param data ABI-encoded return values, prefixed hexadecimal
   */
  record Returned(String data) implements CallOutcome {}

  /**
   * The contract refused.
   *
   * @param data ABI-encoded error, prefixed hexadecimal; {@code 0x} when the contract gave none
   */
  record Reverted(String data) implements CallOutcome {}
}
