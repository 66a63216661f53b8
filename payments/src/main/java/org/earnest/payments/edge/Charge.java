package org.earnest.payments.edge;

import jakarta.servlet.ServletRequest;
import java.math.BigInteger;
import java.util.Optional;

/** What whoever answers says that its answer costs, where its offer is {@code upto} a price. */
public final class Charge {
  private static final String NAME = Charge.class.getName();

  private Charge() {}

  /**
   * Says what the answer to this request costs; else it costs its offer's price.
   *
   * @param atomicUnits from nothing, which moves no money, to the offer's price
   */
  public static void set(ServletRequest request, BigInteger atomicUnits) {
    request.setAttribute(NAME, atomicUnits);
  }

  static Optional<BigInteger> of(ServletRequest request) {
    return Optional.ofNullable((BigInteger) request.getAttribute(NAME));
  }
}
