package org.earnest.credentials;

import java.util.List;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.DataIntegrityProof;
import org.earnest.credentials.proof.Envelope;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.Proof;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential of the right shape with the proofs that are said to secure it, none judged yet.
 *
 * @param proofs at least one
 */
record SecuredCredential(Credential credential, List<Proof> proofs) {
  SecuredCredential {
    proofs = List.copyOf(proofs);
  }

  static SecuredCredential read(
      ObjectNode json, KnownContexts contexts, Cryptosuites suites, Envelopes envelopes)
      throws InvalidCredentialException {
    if (Envelopes.isCredential(json)) {
      Envelope envelope = envelopes.open(json);
      return new SecuredCredential(
          Credential.parse(envelope.document(), contexts), List.of(envelope.proof()));
    }
    Credential credential = Credential.parse(json, contexts);
    return new SecuredCredential(credential, List.of(only(credential, suites)));
  }

  private static Proof only(Credential credential, Cryptosuites suites)
      throws InvalidCredentialException {
    List<ObjectNode> proofs = credential.proofs();
    if (proofs.isEmpty()) {
      throw new InvalidCredentialException(CredentialRefusal.PROOF_MISSING, "there is no proof");
    }
    if (proofs.size() > 1 || proofs.getFirst().has("previousProof")) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_UNSUPPORTED, "proof sets and proof chains are not supported");
    }
    ObjectNode unsecured = credential.json();
    unsecured.remove("proof");
    return DataIntegrityProof.read(
        unsecured, proofs.getFirst(), VerificationRelationship.ASSERTION_METHOD, suites);
  }
}
