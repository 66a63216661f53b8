package org.earnest.credentials.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.node.ObjectNode;

/** A proof within the document that it secures (VC Data Integrity 1.0 §2.1). */
public final class DataIntegrityProof implements Proof {
  public static final String TYPE = "DataIntegrityProof";
  static final String VALUE = "proofValue";

  private final ObjectNode unsecured;
  private final ObjectNode json;
  private final Cryptosuite suite;
  private final ProofMembers members;

  private DataIntegrityProof(ObjectNode unsecured, ObjectNode json, Cryptosuite suite)
      throws InvalidCredentialException {
    this.unsecured = unsecured;
    this.json = json;
    this.suite = suite;
    this.members = ProofMembers.read(json);
    suite.requireWellFormed(json.path(VALUE).asString(""));
  }

  /**
   * Reads a proof.
   *
   * @param unsecured the document without the proof; with those that the proof builds upon
   * @param purpose the one that is expected here
   * @throws InvalidCredentialException {@code PROOF_UNSUPPORTED} or {@code PROOF_MALFORMED}
   */
  public static DataIntegrityProof read(
      ObjectNode unsecured,
      ObjectNode proof,
      VerificationRelationship purpose,
      Cryptosuites allowed)
      throws InvalidCredentialException {
    Cryptosuite suite = ProofMembers.suite(proof, allowed);
    ProofMembers.requireAllowed(proof, "proofPurpose", Set.of(purpose.property()));
    return new DataIntegrityProof(unsecured, proof, suite);
  }

  /** The whole proof. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  public Cryptosuite cryptosuite() {
    return suite;
  }

  @Override
  public DidUrl verificationMethod() {
    return members.verificationMethod();
  }

  @Override
  public VerificationRelationship purpose() {
    return members.purpose();
  }

  @Override
  public Set<KeyType> keyTypes() {
    return suite.keyTypes();
  }

  @Override
  public Optional<Instant> created() {
    return members.created();
  }

  @Override
  public Optional<Instant> expires() {
    return members.expires();
  }

  @Override
  public Optional<String> challenge() {
    return members.challenge();
  }

  @Override
  public List<String> domains() {
    return members.domains();
  }

  @Override
  public boolean isSelective() {
    return suite instanceof EcdsaSdCryptosuite;
  }

  @Override
  public boolean verifies(VerificationKey key) throws InvalidCredentialException {
    return suite.keyTypes().contains(key.type()) && suite.verifies(unsecured, json, key);
  }
}
