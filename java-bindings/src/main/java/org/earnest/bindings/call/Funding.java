package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.Hex;

/**
 * How a client's money comes into the escrow, and with it the client's consent. Signatures are
 * prefixed hexadecimal: 65 bytes of a key, or what the client's contract wallet takes (ERC-1271);
 * {@link #SENDER} where the client sends the transaction itself.
 */
public sealed interface Funding {
  /** No signature: the sender is the party. */
  String SENDER = "0x";

  /**
   * An EIP-3009 {@code receiveWithAuthorization} whose nonce is the deal's id.
   *
   * @param validAfter second of 1970
   * @param validBefore second of 1970
   * @param overload which of the token's two functions takes it
   */
  record Authorization(
      BigInteger validAfter, BigInteger validBefore, String signature, Overload overload)
      implements Funding {
    public Authorization {
      if (overload == Overload.VRS && !Overload.ofAKey(signature)) {
        throw new IllegalArgumentException(
            "v, r and s are a key's 65 bytes; name the overload BYTES for anything else");
      }
    }

    /** By the overload that is usual for such a signature. */
    public Authorization(BigInteger validAfter, BigInteger validBefore, String signature) {
      this(validAfter, validBefore, signature, Overload.usual(signature));
    }

    /** By the overload that is usual for such a signature. */
    public Authorization(BigInteger validAfter, BigInteger validBefore, byte[] signature) {
      this(validAfter, validBefore, Hex.encode(signature));
    }
  }

  /**
   * The two forms of {@code receiveWithAuthorization}. Which one a token and a client need cannot
   * be told from a signature: a contract wallet's may be 65 bytes long as well, and some tokens ask
   * wallets in one of the two alone, or have only one.
   */
  enum Overload {
    /** {@code (uint8 v, bytes32 r, bytes32 s)}: a key's, and what every EIP-3009 token has. */
    VRS,
    /** {@code (bytes signature)}: a contract wallet's (ERC-1271), where the token has it. */
    BYTES;

    /** What fits unless the client says otherwise: 65 bytes are a key's, all else a wallet's. */
    public static Overload usual(String signature) {
      return ofAKey(signature) ? VRS : BYTES;
    }

    private static boolean ofAKey(String signature) {
      return signature.length() == 2 + 2 * Vrs.BYTES;
    }
  }

  /**
   * A Permit2 {@code permitWitnessTransferFrom} whose witness is the deal's id.
   *
   * @param nonce any number that the client has not used at Permit2
   * @param deadline second of 1970
   */
  record Permit2(BigInteger nonce, BigInteger deadline, String signature) implements Funding {}

  /**
   * The client allowed the escrow to take the money, before or by a permit that comes along.
   *
   * @param consent the client's signature of the deal's id
   */
  record Allowance(Optional<Permit> permit, String consent) implements Funding {
    /** The client sends the transaction, and allowed the escrow to take the money before. */
    public Allowance() {
      this(Optional.empty(), SENDER);
    }
  }

  /**
   * An EIP-2612 permit of the deal's total to the escrow.
   *
   * @param deadline second of 1970, not 0
   * @param signature 65 bytes of a key
   */
  record Permit(BigInteger deadline, String signature) {
    public Permit {
      if (deadline.signum() <= 0 || signature.length() != 2 + 2 * Vrs.BYTES) {
        throw new IllegalArgumentException("a permit has a deadline and a key's 65 bytes");
      }
    }
  }

  /**
   * The money is the client's credit in the escrow.
   *
   * @param consent the client's signature of the deal's id
   */
  record Credit(String consent) implements Funding {
    /** The client sends the transaction. */
    public Credit() {
      this(SENDER);
    }
  }
}
