package org.earnest.cli.demo;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the seller bound itself to.
 *
 * @param amount atomic units
 * @param deliveredWithin after the deal is opened
 * @param docHash Keccak-256 of the quote as it was served
 */
record Quote(
    String capability, String work, BigInteger amount, Duration deliveredWithin, Hash32 docHash) {
  static Quote parse(String served) {
    JsonNode quote = JsonMapper.shared().readTree(served);
    return new Quote(
        quote.path("capability").asString(),
        quote.path("work").asString(),
        new BigInteger(quote.path("amount").asString()),
        Duration.ofSeconds(quote.path("deliveredWithin").asLong()),
        Keccak256.hash(served.getBytes(StandardCharsets.UTF_8)));
  }
}
