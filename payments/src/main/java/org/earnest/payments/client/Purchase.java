package org.earnest.payments.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What one payment is for: this request, by its method, address and body. Headers do not count.
 *
 * @param id of the request; two equal requests are one purchase
 * @param route of the request without its body: what a price is remembered for
 * @param origin scheme, host and port
 */
record Purchase(Hash32 id, Hash32 route, String origin, URI address) {
  static Purchase of(EvmAddress payer, HttpRequest request) throws InterruptedException {
    URI address = request.uri();
    String origin = Origins.of(address);
    String target = address.getRawPath() + "?" + address.getRawQuery();
    // No part can hold a line feed, so that no two requests are written alike.
    String route = String.join("\n", payer.hex(), request.method(), origin, target);
    return new Purchase(hash(route + "\n" + BodyDigest.of(request)), hash(route), origin, address);
  }

  private static Hash32 hash(String text) {
    return Keccak256.hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
