package org.earnest.cli.x402;

import org.earnest.payments.edge.ChargeHeader;

/**
 * How a shop charges what a call came to.
 *
 * @param chargeHeader by which the server behind says that, in whole tokens
 */
public record MeteredSales(String chargeHeader) {
  /**
   * Holds that it is a header's name.
   *
   * @throws IllegalArgumentException where it is none
   */
  public MeteredSales {
    ChargeHeader.requireName(chargeHeader);
  }
}
