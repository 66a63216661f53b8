package org.earnest.bindings.eip712;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** 32-byte words in a row: the encoding of a struct whose members are all of one word. */
final class Words {
  private static final int WORD = 32;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The beginning of {@code hashStruct}: the type's hash (EIP-712, definition of hashStruct). */
  static Words ofType(Hash32 typeHash) {
    return new Words().word(typeHash);
  }

  Words word(Hash32 word) {
    bytes.writeBytes(word.bytes());
    return this;
  }

  Words address(EvmAddress address) {
    return padded(address.bytes());
  }

  Words bool(boolean value) {
    return uint(value ? 1 : 0);
  }

  Words uint(long value) {
    return uint(BigInteger.valueOf(value));
  }

  Words uint(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > WORD * Byte.SIZE) {
      throw new IllegalArgumentException("does not fit uint256");
    }
    byte[] signed = value.toByteArray();
    int from = signed.length > WORD ? 1 : 0;
    return padded(Arrays.copyOfRange(signed, from, signed.length));
  }

  private Words padded(byte[] value) {
    bytes.writeBytes(new byte[WORD - value.length]);
    bytes.writeBytes(value);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  Hash32 hash() {
    return Keccak256.hash(bytes());
  }
}
