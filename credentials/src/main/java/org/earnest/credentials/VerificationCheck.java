package org.earnest.credentials;

/**
 * One thing that the verifier looked at.
 *
 * @param detail what was found, for a person
 */
public record VerificationCheck(Stage stage, boolean passed, String detail) {

  /** The verifier's stages, in the order in which they are gone through; the first failure ends. */
  public enum Stage {
    /** Strict JSON: no duplicate keys, bounded, numbers exact. */
    JSON,
    /** The data model's shape, known contexts, one proof of the allowed kind. */
    SHAPE,
    /** The issuer's DID has a document. */
    ISSUER,
    /** The document lists the proof's key, for assertions, under the issuer's control. */
    KEY,
    /** The key's kind is the one that the cryptosuite demands. */
    ALGORITHM,
    /** The signature. */
    PROOF,
    /** Validity times of the credential and of the proof. */
    VALIDITY,
    /** Nothing says that the credential's status must be asked elsewhere. */
    STATUS,
    /** Nothing says that the credential must obey a schema. */
    SCHEMA
  }
}
