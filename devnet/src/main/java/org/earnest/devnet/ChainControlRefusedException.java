package org.earnest.devnet;

/** The node does not do what was asked of it, and would not if asked again. */
public final class ChainControlRefusedException extends RuntimeException {
  /** The stable code of this refusal. */
  public static final String CODE = "chain_control_refused";

  private static final long serialVersionUID = 1L;

  ChainControlRefusedException(String message) {
    super(message);
  }
}
