package org.earnest.credentials.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.DateTimeStamp;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The members that proofs of all cryptosuites have (VC Data Integrity 1.0 §2.1). */
record ProofMembers(
    DidUrl verificationMethod,
    VerificationRelationship purpose,
    Optional<Instant> created,
    Optional<Instant> expires,
    Optional<String> challenge,
    List<String> domains) {

  static ProofMembers read(ObjectNode proof) throws InvalidCredentialException {
    return new ProofMembers(
        verificationMethod(proof),
        purpose(proof),
        dateTimeStamp(proof, "created"),
        dateTimeStamp(proof, "expires"),
        challenge(proof),
        domains(proof));
  }

  static Cryptosuite suite(ObjectNode proof, Cryptosuites allowed)
      throws InvalidCredentialException {
    requireAllowed(proof, "type", Set.of(DataIntegrityProof.TYPE));
    requireAllowed(proof, "cryptosuite", allowed.names());
    return allowed.named(proof.get("cryptosuite").stringValue()).orElseThrow();
  }

  static void requireAllowed(ObjectNode proof, String member, Set<String> allowed)
      throws InvalidCredentialException {
    JsonNode value = proof.path(member);
    if (!value.isString() || !allowed.contains(value.stringValue())) {
      throw refused(
          CredentialRefusal.PROOF_UNSUPPORTED,
          "proof." + member + " must be " + String.join(" or ", allowed));
    }
  }

  private static VerificationRelationship purpose(ObjectNode proof)
      throws InvalidCredentialException {
    String purpose = proof.path("proofPurpose").asString("");
    return Stream.of(VerificationRelationship.values())
        .filter(known -> known.property().equals(purpose))
        .findFirst()
        .orElseThrow(() -> malformed("proof.proofPurpose is none that is known"));
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
    throw malformed("proof.verificationMethod must be a DID and a fragment");
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
      throw malformed("proof." + member + " must be a date and time with its offset");
    }
    return instant;
  }

  private static Optional<String> challenge(ObjectNode proof) throws InvalidCredentialException {
    JsonNode challenge = proof.path("challenge");
    if (challenge.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(text("challenge", challenge));
  }

  private static List<String> domains(ObjectNode proof) throws InvalidCredentialException {
    JsonNode domain = proof.path("domain");
    List<String> domains = new ArrayList<>();
    if (domain.isArray() && !domain.isEmpty()) {
      for (JsonNode item : domain) {
        domains.add(text("domain", item));
      }
    } else if (!domain.isMissingNode()) {
      domains.add(text("domain", domain));
    }
    return List.copyOf(domains);
  }

  private static String text(String member, JsonNode value) throws InvalidCredentialException {
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw malformed("proof." + member + " must be text");
    }
    return value.stringValue();
  }

  private static InvalidCredentialException malformed(String detail) {
    return refused(CredentialRefusal.PROOF_MALFORMED, detail);
  }

  private static InvalidCredentialException refused(CredentialRefusal refusal, String detail) {
    return new InvalidCredentialException(refusal, detail);
  }
}
