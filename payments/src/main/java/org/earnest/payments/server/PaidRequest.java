package org.earnest.payments.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.X402Version;

/**
 * A request for something that costs.
 *
 * @param method HTTP's
 * @param resourceUrl absolute, with query; what the server names in its offer
 * @param bodyDigest Keccak-256 of the body
 * @param payments every PAYMENT-SIGNATURE header
 * @param paymentsV1 every X-PAYMENT header
 */
public record PaidRequest(
    String method,
    String resourceUrl,
    Hash32 bodyDigest,
    List<String> payments,
    List<String> paymentsV1) {
  public PaidRequest {
    method = method.toUpperCase(Locale.ROOT);
    payments = List.copyOf(payments);
    paymentsV1 = List.copyOf(paymentsV1);
  }

  /** The version in which it wants to be answered. */
  public X402Version version() {
    return paymentsV1.isEmpty() ? X402Version.V2 : X402Version.V1;
  }

  /** What a payment buys: this method on this resource with this body, and nothing else. */
  Hash32 binding() {
    // No part can hold a line feed, so that no two requests are written alike.
    return Keccak256.hash(
        String.join("\n", method, resourceUrl, bodyDigest.hex()).getBytes(StandardCharsets.UTF_8));
  }
}
