package org.earnest.payments.server;

/** Says what a request costs. */
@FunctionalInterface
public interface Pricing {
  /**
   * The offer for one request. A buyer asks, signs and asks again: what it costs must be the same
   * both times, or the buyer is asked anew.
   */
  Offer offer(PaidRequest request);

  /** The same for every request. */
  static Pricing fixed(Offer offer) {
    return request -> offer;
  }
}
