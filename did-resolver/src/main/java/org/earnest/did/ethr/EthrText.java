package org.earnest.did.ethr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.earnest.core.chain.Hash32;

/** Text as the registry holds it. */
final class EthrText {
  private EthrText() {}

  /** Of 32 bytes padded with zeros; empty when they are no UTF-8. */
  static Optional<String> of(Hash32 padded) {
    byte[] bytes = padded.bytes();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return utf8(ByteBuffer.wrap(bytes, 0, length));
  }

  /** Of bytes; empty when they are no UTF-8. */
  static Optional<String> of(byte[] bytes) {
    return utf8(ByteBuffer.wrap(bytes));
  }

  private static Optional<String> utf8(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }
}
