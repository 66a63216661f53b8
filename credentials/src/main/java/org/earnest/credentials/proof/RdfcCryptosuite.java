package org.earnest.credentials.proof;

import java.util.Set;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cryptosuites that canonicalise what a document says, however it is written (RDF Dataset
 * Canonicalization 1.0): {@code eddsa-rdfc-2022} (Data Integrity EdDSA Cryptosuites 1.0 §3.2) and
 * {@code ecdsa-rdfc-2019} (Data Integrity ECDSA Cryptosuites 1.0 §3.2).
 */
public final class RdfcCryptosuite implements Cryptosuite {
  private final String name;
  private final Set<KeyType> keyTypes;
  private final LinkedData linked;

  private RdfcCryptosuite(String name, Set<KeyType> keyTypes, LinkedData linked) {
    this.name = name;
    this.keyTypes = keyTypes;
    this.linked = linked;
  }

  public static RdfcCryptosuite eddsa2022(LinkedData linked) {
    return new RdfcCryptosuite("eddsa-rdfc-2022", Set.of(KeyType.ED25519), linked);
  }

  public static RdfcCryptosuite ecdsa2019(LinkedData linked) {
    return new RdfcCryptosuite("ecdsa-rdfc-2019", Set.of(KeyType.P256, KeyType.P384), linked);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<KeyType> keyTypes() {
    return keyTypes;
  }

  @Override
  public ObjectNode prove(ObjectNode unsecured, ObjectNode options, DidSigner signer)
      throws InvalidCredentialException {
    KeyType type = SignerKeys.typeOf(signer, this);
    byte[] signature = signer.sign(hashData(type, unsecured, options));
    return options.deepCopy().put(DataIntegrityProof.VALUE, Base58Btc.encode(signature));
  }

  @Override
  public void requireWellFormed(String proofValue) throws InvalidCredentialException {
    ProofValues.requireSignature(proofValue, keyTypes);
  }

  @Override
  public boolean verifies(ObjectNode unsecured, ObjectNode proof, VerificationKey key)
      throws InvalidCredentialException {
    byte[] hashData = hashData(key.type(), unsecured, proof);
    return ProofValues.signature(proof, key.type())
        .map(signature -> key.verifies(hashData, signature))
        .orElse(false);
  }

  byte[] hashData(KeyType type, ObjectNode unsecured, ObjectNode proof)
      throws InvalidCredentialException {
    return HashData.of(
        type,
        ProofConfiguration.canonical(unsecured, proof, type.digest(), linked),
        linked.canonicalize(unsecured, type.digest()));
  }
}
