package org.earnest.core.submission;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;

/**
 * Hears of what costs an account gas without doing what was asked for. Each is told once, by the
 * process that wrote it down, right after it did; it is counted by, and nothing depends on it.
 */
public interface SubmissionListener {
  /** Hears nothing. */
  SubmissionListener NONE = new SubmissionListener() {};

  /** This process sends for the account from now on; nothing was heard of it yet. */
  default void began(EvmAddress signer) {}

  /** An empty transaction was signed for a nonce that nobody held. */
  default void gapFilled(EvmAddress signer) {}

  /** Another attempt with higher fees was signed. */
  default void replaced(EvmAddress signer) {}

  /** An empty transaction was signed for the nonce of what is given up. */
  default void cancelled(EvmAddress signer) {}

  /**
   * A transaction was seen in a block, without effect.
   *
   * @param gasUsed gas units
   */
  default void reverted(EvmAddress signer, BigInteger gasUsed) {}

  /**
   * One of several calls of a transaction had no effect; the transaction was seen in a block.
   *
   * @param gasUsed gas units, of that call
   */
  default void callFailed(EvmAddress signer, BigInteger gasUsed) {}
}
