package org.earnest.bindings.eip712;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** What binds a signature to one contract on one chain (EIP-712, definition of domainSeparator). */
public record Eip712Domain(
    String name, String version, Caip2ChainId chain, EvmAddress verifyingContract) {
  private static final Hash32 TYPE =
      Keccak256.hash(
          "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

  public Hash32 separator() {
    return Words.ofType(TYPE)
        .word(Keccak256.hash(name))
        .word(Keccak256.hash(version))
        .uint(BigInteger.valueOf(chain.eip155Reference()))
        .address(verifyingContract)
        .hash();
  }

  /** The digest to be signed for a struct. */
  public Hash32 digest(Hash32 structHash) {
    return Keccak256.hash(message(structHash));
  }

  /** What the digest is made of, for signers that make it themselves. */
  public byte[] message(Hash32 structHash) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x19);
    bytes.write(0x01);
    bytes.writeBytes(separator().bytes());
    bytes.writeBytes(structHash.bytes());
    return bytes.toByteArray();
  }
}
