package org.earnest.credentials.proof;

import java.util.Set;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.node.ObjectNode;

/** A way to make and judge Data Integrity proofs (VC Data Integrity 1.0 §3). */
public sealed interface Cryptosuite permits JcsCryptosuite, RdfcCryptosuite, EcdsaSdCryptosuite {
  /** As {@code cryptosuite} names it. */
  String name();

  /** The kinds of key that it is made for. */
  Set<KeyType> keyTypes();

  /**
   * Makes a proof of a document.
   *
   * @param unsecured the document without the proof; with those that the proof builds upon
   * @param options the proof without its context and value; not changed
   * @param signer of one of {@link #keyTypes}
   * @return the proof
   * @throws InvalidCredentialException when the document cannot be signed by this suite
   */
  ObjectNode prove(ObjectNode unsecured, ObjectNode options, DidSigner signer)
      throws InvalidCredentialException;

  /**
   * Whether {@code proofValue} is spelled as the suite spells it.
   *
   * @throws InvalidCredentialException {@code PROOF_MALFORMED}
   */
  void requireWellFormed(String proofValue) throws InvalidCredentialException;

  /**
   * Whether the key made the proof of this document.
   *
   * @param unsecured the document without the proof; with those that the proof builds upon
   * @param proof whole; not changed
   * @throws InvalidCredentialException when the document cannot be what was signed
   */
  boolean verifies(ObjectNode unsecured, ObjectNode proof, VerificationKey key)
      throws InvalidCredentialException;
}
