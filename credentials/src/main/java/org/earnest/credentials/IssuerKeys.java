package org.earnest.credentials;

import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.DataIntegrityProof;
import org.earnest.credentials.proof.Ed25519PublicKey;
import org.earnest.credentials.proof.EddsaJcs2022;

/** Finds the key of an issuer (Controlled Identifiers 1.0 §3.3), and nobody else's. */
final class IssuerKeys {
  private IssuerKeys() {}

  static DidDocument document(DidResolver resolver, Did issuer) throws InvalidCredentialException {
    return switch (resolver.resolve(issuer)) {
      case DidResolution.Resolved resolved -> sameDid(resolved.document(), issuer);
      case DidResolution.Refused refused ->
          throw refused(
              refused.error() == ErrorType.INTERNAL_ERROR
                  ? CredentialRefusal.ISSUER_UNAVAILABLE
                  : CredentialRefusal.ISSUER_NOT_RESOLVED,
              "the issuer's DID gives no document: " + refused.error() + ", " + refused.detail());
    };
  }

  private static DidDocument sameDid(DidDocument document, Did issuer)
      throws InvalidCredentialException {
    if (!document.id().equals(issuer)) {
      throw refused(
          CredentialRefusal.ISSUER_NOT_RESOLVED, "the document's id is not the issuer's DID");
    }
    return document;
  }

  static VerificationMethod method(DidDocument document, DataIntegrityProof proof)
      throws InvalidCredentialException {
    if (!proof.verificationMethod().did().equals(document.id())) {
      throw refused(
          CredentialRefusal.ISSUER_MISMATCH, "proof.verificationMethod is not the issuer's");
    }
    VerificationMethod method =
        document
            .method(proof.verificationMethod(), VerificationRelationship.ASSERTION_METHOD)
            .orElseThrow(
                () ->
                    refused(
                        CredentialRefusal.KEY_NOT_AUTHORIZED,
                        "the issuer's document does not list the key under assertionMethod"));
    if (!method.controller().equals(document.id())) {
      throw refused(CredentialRefusal.ISSUER_MISMATCH, "the key has another controller");
    }
    return method;
  }

  static Ed25519PublicKey ed25519(VerificationMethod method) throws InvalidCredentialException {
    return switch (method) {
      case VerificationMethod.Multikey key ->
          Ed25519PublicKey.parse(key.publicKeyMultibase()).orElseThrow(IssuerKeys::unsupported);
      case VerificationMethod.BlockchainAccount account -> throw unsupported();
      case VerificationMethod.Other other -> throw unsupported();
    };
  }

  private static InvalidCredentialException unsupported() {
    return refused(
        CredentialRefusal.KEY_UNSUPPORTED,
        EddsaJcs2022.NAME + " demands a valid Ed25519 key as Multikey");
  }

  private static InvalidCredentialException refused(CredentialRefusal refusal, String detail) {
    return new InvalidCredentialException(refusal, detail);
  }
}
