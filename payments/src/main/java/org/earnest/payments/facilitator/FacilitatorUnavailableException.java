package org.earnest.payments.facilitator;

/**
 * The facilitator gave no answer; whether it settled is not known. The same call may be made again.
 */
public class FacilitatorUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FacilitatorUnavailableException(String message) {
    super(message);
  }

  public FacilitatorUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
