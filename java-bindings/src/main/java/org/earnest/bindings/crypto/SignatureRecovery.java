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

  private static boolean within(BigInteger value, BigInteger max) {
    return value.signum() > 0 && value.compareTo(max) <= 0;
  }
}
