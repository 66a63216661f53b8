package org.earnest.credentials;

/**
 * One thing that the verifier looked at.
 *
 * @param detail what was found, for a person
 */
public record VerificationCheck(Stage stage, boolean passed, String detail) {

  /** The verifiers' stages, in the order in which they are gone through; the first failure ends. */
  public enum Stage {
    /** Strict JSON: no duplicate keys, bounded, numbers exact. */
    JSON,
    /** The data model's shape, known contexts, proofs of an allowed kind. */
    SHAPE,
    /** The DID of whoever signed has a document. */
    ISSUER,
    /** The document lists the proof's key, for its purpose, under the signer's control. */
    KEY,
    /** The key's kind is one that the securing mechanism demands. */
    ALGORITHM,
    /** The signature. */
    PROOF,
    /** Validity times of the credential and of the proof. */
    VALIDITY,
    /** No status says no. */
    STATUS,
    /** The schemas that it names are obeyed. */
    SCHEMA,
    /** What it pins by digests and what was read on the way are one and the same. */
    RESOURCES,
    /** Of a presentation: every credential in it passed its own checks. */
    CREDENTIALS,
    /** The relying party believes the issuer. */
    POLICY,
    /** The proof is for whom it was shown to, and answers a challenge that is used up now. */
    BINDING
  }
}
