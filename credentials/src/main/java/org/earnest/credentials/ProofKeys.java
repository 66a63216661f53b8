package org.earnest.credentials;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Proof;

/**
 * Judges the proofs that a DID is said to have made, by keys of its document (Controlled
 * Identifiers 1.0 §3.3). At least one is the signer's own; others beside it may be made by others,
 * by keys of their own documents. All must hold.
 */
final class ProofKeys {
  private final DidResolver resolver;
  private final CheckList checks;
  private final FetchBudget budget;

  /** For one proof, whose maker alone is asked. */
  ProofKeys(DidResolver resolver, CheckList checks) {
    this(resolver, checks, new FetchBudget(InstantSource.system()));
  }

  ProofKeys(DidResolver resolver, CheckList checks, FetchBudget budget) {
    this.resolver = resolver;
    this.checks = checks;
    this.budget = budget;
  }

  private record Keyed<K>(Proof proof, K key) {}

  /** The stages from {@code ISSUER} to {@code PROOF}. */
  void require(Did signer, List<Proof> proofs) throws InvalidCredentialException {
    DidDocument document =
        checks.make(Stage.ISSUER, "the issuer's DID is resolved", () -> document(signer));
    List<Keyed<VerificationMethod>> methods =
        checks.make(
            Stage.KEY,
            "the issuer's document allows the key to sign",
            () -> methods(signer, document, proofs));
    List<Keyed<VerificationKey>> keys =
        checks.make(Stage.ALGORITHM, "the key is of an allowed kind", () -> keys(methods));
    checks.make(Stage.PROOF, "the signature matches", () -> signatures(keys));
  }

  private DidDocument document(Did signer) throws InvalidCredentialException {
    budget.requireTime();
    return switch (resolver.resolve(signer)) {
      case DidResolution.Resolved resolved -> sameDid(resolved.document(), signer);
      case DidResolution.Refused refused ->
          throw refused(
              refused.error() == ErrorType.INTERNAL_ERROR
                  ? CredentialRefusal.ISSUER_UNAVAILABLE
                  : CredentialRefusal.ISSUER_NOT_RESOLVED,
              "the issuer's DID gives no document: " + refused.error() + ", " + refused.detail());
    };
  }

  private static DidDocument sameDid(DidDocument document, Did signer)
      throws InvalidCredentialException {
    if (!document.id().equals(signer)) {
      throw refused(
          CredentialRefusal.ISSUER_NOT_RESOLVED, "the document's id is not the issuer's DID");
    }
    return document;
  }

  private List<Keyed<VerificationMethod>> methods(
      Did signer, DidDocument document, List<Proof> proofs) throws InvalidCredentialException {
    if (proofs.stream().noneMatch(proof -> isOf(signer, proof))) {
      throw refused(
          CredentialRefusal.ISSUER_MISMATCH, "proof.verificationMethod is not the issuer's");
    }
    List<Keyed<VerificationMethod>> methods = new ArrayList<>();
    for (Proof proof : proofs) {
      DidDocument own = isOf(signer, proof) ? document : document(proof.verificationMethod().did());
      methods.add(new Keyed<>(proof, method(own, proof)));
    }
    return methods;
  }

  static boolean isOf(Did signer, Proof proof) {
    return proof.verificationMethod().did().equals(signer);
  }

  private static VerificationMethod method(DidDocument document, Proof proof)
      throws InvalidCredentialException {
    VerificationMethod method =
        document
            .method(proof.verificationMethod(), proof.purpose())
            .orElseThrow(
                () ->
                    refused(
                        CredentialRefusal.KEY_NOT_AUTHORIZED,
                        "the issuer's document does not list the key under "
                            + proof.purpose().property()));
    if (!method.controller().equals(document.id())) {
      throw refused(CredentialRefusal.ISSUER_MISMATCH, "the key has another controller");
    }
    return method;
  }

  private static List<Keyed<VerificationKey>> keys(List<Keyed<VerificationMethod>> methods)
      throws InvalidCredentialException {
    List<Keyed<VerificationKey>> keys = new ArrayList<>();
    for (Keyed<VerificationMethod> method : methods) {
      VerificationKey key =
          VerificationKey.of(method.key())
              .filter(found -> method.proof().keyTypes().contains(found.type()))
              .orElseThrow(
                  () ->
                      refused(
                          CredentialRefusal.KEY_UNSUPPORTED,
                          "the proof demands a valid key of " + method.proof().keyTypes()));
      keys.add(new Keyed<>(method.proof(), key));
    }
    return keys;
  }

  private static boolean signatures(List<Keyed<VerificationKey>> keys)
      throws InvalidCredentialException {
    for (Keyed<VerificationKey> keyed : keys) {
      if (!keyed.proof().verifies(keyed.key())) {
        throw refused(
            CredentialRefusal.PROOF_INVALID,
            "the signature does not match: the credential was changed, or another key signed it");
      }
    }
    return true;
  }

  private static InvalidCredentialException refused(CredentialRefusal refusal, String detail) {
    return new InvalidCredentialException(refusal, detail);
  }
}
