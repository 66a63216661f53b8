package org.earnest.credentials.custody;

import java.util.function.UnaryOperator;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.VerificationKey;

/**
 * A key elsewhere. Its answers are used only if they are its signatures: a wrong one would be
 * published, and might give the key away.
 *
 * @param elsewhere from a message to its signature
 */
record CheckedKey(VerificationKey publicKey, UnaryOperator<byte[]> elsewhere) implements HeldKey {
  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = elsewhere.apply(message);
    if (!publicKey.verifies(message, signature)) {
      throw new SignerUnavailableException(
          "what came back is no signature of " + publicKey.multibase());
    }
    return signature;
  }
}
