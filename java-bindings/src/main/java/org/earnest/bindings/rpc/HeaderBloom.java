package org.earnest.bindings.rpc;

import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogsBloom;
import tools.jackson.databind.JsonNode;

/**
 * The Bloom filter of a header (Yellow Paper, section 4.3.1): 2,048 bits, of which each address and
 * topic sets three.
 *
 * @param hex 256 bytes, prefixed
 */
record HeaderBloom(String hex) implements LogsBloom {
  private static final int BYTES = 256;
  private static final int BITS = 8 * BYTES;
  private static final int HEX = 16;

  /** Silent where a node does not tell it. */
  static LogsBloom of(JsonNode bloom) {
    return bloom.isString() && bloom.stringValue().length() == 2 + 2 * BYTES
        ? new HeaderBloom(Hex.encode(Hex.decode(bloom.stringValue())))
        : LogsBloom.SILENT;
  }

  @Override
  public boolean mayHold(byte[] bytes) {
    byte[] digest = Keccak256.hash(bytes).bytes();
    for (int pair = 0; pair < 6; pair += 2) {
      int bit = (((digest[pair] & 0xff) << 8) | (digest[pair + 1] & 0xff)) % BITS;
      if (!isSet(bit)) {
        return false;
      }
    }
    return true;
  }

  /** Counted from the end, as the whole is one number. */
  private boolean isSet(int bit) {
    int digit = Character.digit(hex.charAt(hex.length() - 1 - bit / 4), HEX);
    return ((digit >> (bit % 4)) & 1) == 1;
  }
}
