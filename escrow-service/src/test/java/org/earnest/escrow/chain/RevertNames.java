package org.earnest.escrow.chain;

import org.earnest.bindings.revert.RevertReason;

/** Shows other tests the code that a contract's refusal is given. */
public final class RevertNames {
  private RevertNames() {}

  public static String of(RevertReason reason) {
    return Reverts.refusal(reason).code();
  }
}
