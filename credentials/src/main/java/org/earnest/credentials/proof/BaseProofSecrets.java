package org.earnest.credentials.proof;

import java.security.SecureRandom;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.selective.LabelKey;

/**
 * What one base proof is made with, and no other.
 *
 * @param signer of single statements; nobody keeps its secret
 */
record BaseProofSecrets(LabelKey labels, LocalSigner signer) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static BaseProofSecrets random() {
    byte[] labels = new byte[LabelKey.BYTES];
    RANDOM.nextBytes(labels);
    return new BaseProofSecrets(new LabelKey(labels), LocalSigner.randomDidKey(KeyType.P256));
  }
}
