package org.earnest.credentials;

import java.time.Instant;
import java.time.InstantSource;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.DataIntegrityProof;
import org.earnest.credentials.proof.Ed25519PublicKey;
import org.earnest.credentials.proof.EddsaJcs2022;

/**
 * Verifies credentials of the VC Data Model 2.0 secured by {@code eddsa-jcs-2022}. The order of the
 * checks is that of {@link Stage} and never varies; what cannot be checked is refused, never
 * ignored. Safe for use by many threads.
 */
public final class CredentialVerifier {
  private final DidResolver resolver;
  private final KnownContexts contexts;
  private final InstantSource clock;

  public CredentialVerifier(DidResolver resolver, KnownContexts contexts, InstantSource clock) {
    this.resolver = resolver;
    this.contexts = contexts;
    this.clock = clock;
  }

  /**
   * Verifies a credential as it was received.
   *
   * @param credential JSON in UTF-8; the very bytes, because a parser may have hidden a duplicate
   *     key
   */
  public VerificationOutcome verify(byte[] credential) {
    CheckList checks = new CheckList();
    try {
      VerifiedCredential verified = verify(credential, checks);
      return new VerificationOutcome.Verified(verified, checks.made());
    } catch (InvalidCredentialException refused) {
      return new VerificationOutcome.Refused(refused.refusal(), refused.detail(), checks.made());
    }
  }

  private VerifiedCredential verify(byte[] received, CheckList checks)
      throws InvalidCredentialException {
    var json = checks.make(Stage.JSON, "strict JSON", () -> SignableJson.read(received));
    var shaped =
        checks.make(Stage.SHAPE, "VC Data Model 2.0 with one proof", () -> shape(json, contexts));
    Credential credential = shaped.credential();
    DataIntegrityProof proof = shaped.proof();
    DidDocument document =
        checks.make(
            Stage.ISSUER,
            "the issuer's DID is resolved",
            () -> IssuerKeys.document(resolver, credential.issuer()));
    VerificationMethod method =
        checks.make(
            Stage.KEY,
            "the issuer's document allows the key to assert",
            () -> IssuerKeys.method(document, proof));
    Ed25519PublicKey key =
        checks.make(Stage.ALGORITHM, "Ed25519", () -> IssuerKeys.ed25519(method));
    checks.make(Stage.PROOF, "the signature matches", () -> signature(credential, proof, key));
    Instant now = clock.instant();
    checks.make(Stage.VALIDITY, "valid now", () -> validity(credential, proof, now));
    checks.make(
        Stage.STATUS,
        "has no status",
        () -> absent(credential, "credentialStatus", CredentialRefusal.STATUS_UNSUPPORTED));
    checks.make(
        Stage.SCHEMA,
        "has no schema",
        () -> absent(credential, "credentialSchema", CredentialRefusal.SCHEMA_UNSUPPORTED));
    return new VerifiedCredential(credential, proof.verificationMethod(), now);
  }

  private record Shaped(Credential credential, DataIntegrityProof proof) {}

  private static Shaped shape(tools.jackson.databind.node.ObjectNode json, KnownContexts contexts)
      throws InvalidCredentialException {
    Credential credential = Credential.parse(json, contexts);
    return new Shaped(credential, DataIntegrityProof.only(credential.proofs()));
  }

  private static boolean signature(
      Credential credential, DataIntegrityProof proof, Ed25519PublicKey key)
      throws InvalidCredentialException {
    if (!EddsaJcs2022.verifies(credential.json(), proof, key)) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_INVALID,
          "the signature does not match: the credential was changed, or another key signed it");
    }
    return true;
  }

  private static boolean validity(Credential credential, DataIntegrityProof proof, Instant now)
      throws InvalidCredentialException {
    ValidityTimes.require(credential, proof, now);
    return true;
  }

  static boolean absent(Credential credential, String member, CredentialRefusal refusal)
      throws InvalidCredentialException {
    if (credential.has(member)) {
      throw new InvalidCredentialException(refusal, member + " is present and not supported");
    }
    return true;
  }
}
