package org.earnest.cli.report;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.core.chain.Hash32;

/**
 * A mined transaction.
 *
 * @param what the verb, for a person
 * @param gas units used
 */
public record SentTransaction(String what, Hash32 hash, BigInteger gas) {
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("what", what);
    figures.put("hash", hash.hex());
    figures.put("gas", gas);
    return figures;
  }
}
