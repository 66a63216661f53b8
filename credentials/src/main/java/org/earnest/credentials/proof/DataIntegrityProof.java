package org.earnest.credentials.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.DateTimeStamp;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proof that could be judged (VC Data Integrity 1.0 §2.1): of the one type, cryptosuite and
 * purpose that are allowed here, its members well-formed.
 *
 * @param json the whole proof
 * @param proofValue the signature's 64 bytes in base58-btc
 */
public record DataIntegrityProof(
    ObjectNode json,
    DidUrl verificationMethod,
    Optional<Instant> created,
    Optional<Instant> expires,
    String proofValue) {
  public static final String TYPE = "DataIntegrityProof";
  static final int SIGNATURE_BYTES = 64;

  /**
   * Reads the one proof of a credential.
   *
   * @throws InvalidCredentialException {@code PROOF_MISSING}, {@code PROOF_UNSUPPORTED} or {@code
   *     PROOF_MALFORMED}
   */
  public static DataIntegrityProof only(List<ObjectNode> proofs) throws InvalidCredentialException {
    if (proofs.isEmpty()) {
      throw refused(CredentialRefusal.PROOF_MISSING, "there is no proof");
    }
    if (proofs.size() > 1 || proofs.getFirst().has("previousProof")) {
      throw refused(
          CredentialRefusal.PROOF_UNSUPPORTED, "proof sets and proof chains are not supported");
    }
    return parse(proofs.getFirst());
  }

  private static DataIntegrityProof parse(ObjectNode proof) throws InvalidCredentialException {
    requireAllowed(proof, "type", TYPE);
    requireAllowed(proof, "cryptosuite", EddsaJcs2022.NAME);
    requireAllowed(proof, "proofPurpose", VerificationRelationship.ASSERTION_METHOD.property());
    return new DataIntegrityProof(
        proof,
        verificationMethod(proof),
        dateTimeStamp(proof, "created"),
        dateTimeStamp(proof, "expires"),
        proofValue(proof));
  }

  private static void requireAllowed(ObjectNode proof, String member, String allowed)
      throws InvalidCredentialException {
    JsonNode value = proof.path(member);
    if (!value.isString() || !value.stringValue().equals(allowed)) {
      throw refused(CredentialRefusal.PROOF_UNSUPPORTED, "proof." + member + " must be " + allowed);
    }
  }

  private static DidUrl verificationMethod(ObjectNode proof) throws InvalidCredentialException {
    try {
      DidUrl method = DidUrl.parse(proof.path("verificationMethod").asString(""));
      if (method.fragment().isPresent() && method.path().isEmpty() && method.query().isEmpty()) {
        return method;
      }
    } catch (IllegalArgumentException notADidUrl) {
      // Answered below, as a DID URL without a fragment is.
    }
    throw refused(
        CredentialRefusal.PROOF_MALFORMED, "proof.verificationMethod must be a DID and a fragment");
  }

  private static Optional<Instant> dateTimeStamp(ObjectNode proof, String member)
      throws InvalidCredentialException {
    JsonNode value = proof.path(member);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    Optional<Instant> instant =
        value.isString() ? DateTimeStamp.parse(value.stringValue()) : Optional.empty();
    if (instant.isEmpty()) {
      throw refused(
          CredentialRefusal.PROOF_MALFORMED,
          "proof." + member + " must be a date and time with its offset");
    }
    return instant;
  }

  /** The signature's 64 bytes. */
  byte[] signature() {
    return Base58Btc.decode(proofValue, SIGNATURE_BYTES).orElseThrow();
  }

  private static String proofValue(ObjectNode proof) throws InvalidCredentialException {
    String value = proof.path("proofValue").asString("");
    if (Base58Btc.decode(value, SIGNATURE_BYTES).isEmpty()) {
      throw refused(
          CredentialRefusal.PROOF_MALFORMED,
          "proof.proofValue must be 64 bytes in base58-btc, beginning with z");
    }
    return value;
  }

  private static InvalidCredentialException refused(CredentialRefusal refusal, String detail) {
    return new InvalidCredentialException(refusal, detail);
  }
}
