package org.earnest.bindings.eip712;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Permit2's {@code PermitWitnessTransferFrom}, whatever the witness.
 *
 * @param witness its hashStruct
 */
record Permit2Struct(
    EvmAddress token,
    BigInteger amount,
    EvmAddress spender,
    BigInteger nonce,
    BigInteger deadline,
    Hash32 witness) {
  static final String PERMISSIONS = "TokenPermissions(address token,uint256 amount)";

  private static final Hash32 PERMISSIONS_TYPE = Keccak256.hash(PERMISSIONS);
  private static final Hash32 DOMAIN_TYPE =
      Keccak256.hash("EIP712Domain(string name,uint256 chainId,address verifyingContract)");

  /**
   * The hash of the struct's type.
   *
   * @param witness the name of the witness's type
   * @param referenced the types that it refers to, in the order of their names
   */
  static Hash32 type(String witness, String referenced) {
    return Keccak256.hash(
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,"
            + "uint256 deadline,%s witness)%s".formatted(witness, referenced));
  }

  byte[] message(Hash32 type, Caip2ChainId chain) {
    Hash32 permitted = Words.ofType(PERMISSIONS_TYPE).address(token).uint(amount).hash();
    Hash32 struct =
        Words.ofType(type)
            .word(permitted)
            .address(spender)
            .uint(nonce)
            .uint(deadline)
            .word(witness)
            .hash();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x19);
    bytes.write(0x01);
    bytes.writeBytes(separator(chain).bytes());
    bytes.writeBytes(struct.bytes());
    return bytes.toByteArray();
  }

  /** Permit2's domain has no version. */
  private static Hash32 separator(Caip2ChainId chain) {
    return Words.ofType(DOMAIN_TYPE)
        .word(Keccak256.hash("Permit2"))
        .uint(BigInteger.valueOf(chain.eip155Reference()))
        .address(Permit2Transfer.PERMIT2)
        .hash();
  }
}
