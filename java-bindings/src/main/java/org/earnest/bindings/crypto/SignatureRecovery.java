package org.earnest.bindings.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** Who signed: Ethereum's judgement of an ECDSA signature. */
public final class SignatureRecovery {
  private static final int SIGNATURE_BYTES = 65;
  private static final int WORD = 32;
  private static final int V_OFFSET = 27;

  private SignatureRecovery() {}

  /**
   * The account that signed the digest.
   *
   * @param signature {@code r || s || v}, 65 bytes, {@code v} 27 or 28
   * @return empty for any other form, for high {@code s} (EIP-2), and where no key fits
   */
  public static Optional<EvmAddress> recover(Hash32 digest, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return Optional.empty();
    }
    int recoveryId = signature[SIGNATURE_BYTES - 1] - V_OFFSET;
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, WORD));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, WORD, 2 * WORD));
    if (recoveryId < 0
        || recoveryId > 1
        || !within(r, Secp256k1Ecdsa.ORDER.subtract(BigInteger.ONE))
        || !within(s, Secp256k1Ecdsa.HALF_ORDER)) {
      return Optional.empty();
    }
    byte[] rs = Arrays.copyOf(signature, Secp256k1Port.SIGNATURE_BYTES);
    return Secp256k1Ecdsa.PORT.recover(digest.bytes(), rs, recoveryId).map(Secp256k1Ecdsa::address);
  }

  /**
   * The same signature as Ethereum writes it, {@code v} 27 or 28 and {@code s} low, from one with
   * {@code v} 0 or 1, or of the other root.
   *
   * @return empty for what has not 65 bytes or another {@code v}
   */
  public static Optional<byte[]> normalised(byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return Optional.empty();
    }
    int v = signature[SIGNATURE_BYTES - 1];
    int recoveryId = v >= V_OFFSET ? v - V_OFFSET : v;
    if (recoveryId < 0 || recoveryId > 1) {
      return Optional.empty();
    }
    byte[] normal = signature.clone();
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, WORD, 2 * WORD));
    if (s.compareTo(Secp256k1Ecdsa.HALF_ORDER) > 0 && s.compareTo(Secp256k1Ecdsa.ORDER) < 0) {
      byte[] low = Secp256k1Ecdsa.ORDER.subtract(s).toByteArray();
      Arrays.fill(normal, WORD, 2 * WORD, (byte) 0);
      System.arraycopy(low, 0, normal, 2 * WORD - low.length, low.length);
      recoveryId = 1 - recoveryId;
    }
    normal[SIGNATURE_BYTES - 1] = (byte) (V_OFFSET + recoveryId);
    return Optional.of(normal);
  }

  private static boolean within(BigInteger value, BigInteger max) {
    return value.signum() > 0 && value.compareTo(max) <= 0;
  }
}
