package org.earnest.credentials.proof;

import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code proofValue} where it is a bare signature in base58-btc. */
final class ProofValues {
  private ProofValues() {}

  static void requireSignature(String proofValue, Set<KeyType> types)
      throws InvalidCredentialException {
    boolean known =
        types.stream()
            .anyMatch(type -> Base58Btc.decode(proofValue, type.signatureBytes()).isPresent());
    if (!known) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_MALFORMED,
          "proof.proofValue must be a signature's bytes in base58-btc, beginning with z");
    }
  }

  static Optional<byte[]> signature(ObjectNode proof, KeyType type) {
    String value = proof.path(DataIntegrityProof.VALUE).asString("");
    return Base58Btc.decode(value, type.signatureBytes());
  }
}
