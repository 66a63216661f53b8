package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.Optional;

/**
 * The facilitator gave no answer; whether it settled is not known. The same call may be made again.
 */
public class FacilitatorUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Obstacle> obstacle;
  private final transient Optional<Duration> retryAfter;

  public FacilitatorUnavailableException(String message) {
    super(message);
    this.obstacle = Optional.empty();
    this.retryAfter = Optional.empty();
  }

  public FacilitatorUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.obstacle = Optional.empty();
    this.retryAfter = Optional.empty();
  }

  /** The payment is good, and the facilitator's own means do not suffice to settle it now. */
  public FacilitatorUnavailableException(Obstacle obstacle) {
    super(obstacle.detail());
    this.obstacle = Optional.of(obstacle);
    this.retryAfter = Optional.empty();
  }

  /** The payer or the payee has had its share for now. */
  public FacilitatorUnavailableException(Obstacle obstacle, Duration retryAfter) {
    super(obstacle.detail());
    this.obstacle = Optional.of(obstacle);
    this.retryAfter = Optional.of(retryAfter);
  }

  /** After which it is worth asking again, where that is known: a share was used up. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** What its operator has to mend, where that is known. */
  public Optional<Obstacle> obstacle() {
    return obstacle;
  }
}
