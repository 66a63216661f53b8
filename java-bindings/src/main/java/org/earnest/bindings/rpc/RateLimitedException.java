package org.earnest.bindings.rpc;

import java.time.Duration;
import org.earnest.core.chain.ChainRateLimitedException;

/** The node is well and asks for a pause. */
final class RateLimitedException extends ChainRateLimitedException {
  private static final long serialVersionUID = 1L;

  private final Duration pause;

  /**
   * A node's refusal to answer so often.
   *
   * @param pause for which it is not to be asked
   */
  RateLimitedException(String message, Duration pause) {
    super(message);
    this.pause = pause;
  }

  Duration pause() {
    return pause;
  }
}
