package org.earnest.reputation.edge;

import java.util.regex.Pattern;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/**
 * A tag by its name or its 32 bytes. Feedback is tagged with text and legs of deals with 32 bytes:
 * a name stands for its Keccak-256 there, as {@code earnest.client} does in the escrow.
 *
 * @param text what feedback has
 * @param settled what signed terms have
 */
record Tag(String text, Hash32 settled) {
  static final int MAX_LENGTH = 256;
  private static final Pattern BYTES = Pattern.compile("0x[0-9a-f]{64}");

  static Tag parse(String text) {
    if (BYTES.matcher(text).matches()) {
      return new Tag(text, new Hash32(text));
    }
    if (text.isEmpty() || text.length() > MAX_LENGTH || text.startsWith("0x")) {
      throw new IllegalArgumentException(
          "0x and 64 lower-case digits, or a name of 1 to " + MAX_LENGTH + " characters, expected");
    }
    return new Tag(text, Keccak256.hash(text));
  }
}
