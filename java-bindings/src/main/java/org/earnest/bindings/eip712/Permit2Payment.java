package org.earnest.bindings.eip712;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Leave for an x402 proxy to move the signer's tokens once through Permit2, to one payee.
 *
 * @param amount atomic units, at most
 * @param nonce any number that the signer has not used at Permit2
 * @param deadline second of 1970 after which it is void
 * @param to the payee
 * @param facilitator who alone may bring it on chain, and say how much moves: present in scheme
 *     {@code upto}, absent in {@code exact}
 * @param validAfter second of 1970 from which on it is good
 */
public record Permit2Payment(
    EvmAddress from,
    EvmAddress token,
    BigInteger amount,
    BigInteger nonce,
    BigInteger deadline,
    EvmAddress to,
    Optional<EvmAddress> facilitator,
    BigInteger validAfter) {
  /** {@code x402ExactPermit2Proxy}, the same on every chain. */
  public static final EvmAddress EXACT_PROXY =
      new EvmAddress("0x402085c248eea27d92e8b30b2c58ed07f9e20001");

  /** {@code x402UptoPermit2Proxy}, the same on every chain. */
  public static final EvmAddress UPTO_PROXY =
      new EvmAddress("0x4020a4f3b7b90cca423b9fabcc0ce57c6c240002");

  private static final String EXACT = "Witness(address to,uint256 validAfter)";
  private static final String UPTO = "Witness(address to,address facilitator,uint256 validAfter)";

  /** The proxy that the signature names as spender. */
  public EvmAddress proxy() {
    return facilitator.isPresent() ? UPTO_PROXY : EXACT_PROXY;
  }

  /** What {@code from} signs. */
  public Hash32 digest(Caip2ChainId chain) {
    return Keccak256.hash(message(chain));
  }

  /** What the digest is made of, for signers that make it themselves. */
  public byte[] message(Caip2ChainId chain) {
    String witness = facilitator.isPresent() ? UPTO : EXACT;
    return new Permit2Struct(token, amount, proxy(), nonce, deadline, witnessHash(witness))
        .message(Permit2Struct.type("Witness", Permit2Struct.PERMISSIONS + witness), chain);
  }

  private Hash32 witnessHash(String type) {
    Words words = Words.ofType(Keccak256.hash(type)).address(to);
    facilitator.ifPresent(words::address);
    return words.uint(validAfter).hash();
  }
}
