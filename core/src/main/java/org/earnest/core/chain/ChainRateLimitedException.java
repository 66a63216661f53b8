package org.earnest.core.chain;

/**
 * The chain's node is well and was asked too often: less at once helps, and smaller questions,
 * which are more of them, do not.
 */
public class ChainRateLimitedException extends ChainUnavailableException {
  private static final long serialVersionUID = 1L;

  public ChainRateLimitedException(String message) {
    super(message);
  }
}
