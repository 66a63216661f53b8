package org.earnest.credentials;

import java.util.List;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.linked.TermCheck;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.DataIntegrityProofs;
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
      ObjectNode json,
      KnownContexts contexts,
      TermCheck terms,
      Cryptosuites suites,
      Envelopes envelopes)
      throws InvalidCredentialException {
    if (Envelopes.isCredential(json)) {
      Envelope envelope = envelopes.open(json);
      Credential credential = Credential.parse(envelope.document(), contexts);
      terms.require(envelope.document());
      return new SecuredCredential(credential, List.of(envelope.proof()));
    }
    Credential credential = Credential.parse(json, contexts);
    List<Proof> proofs =
        DataIntegrityProofs.read(json, VerificationRelationship.ASSERTION_METHOD, suites);
    terms.require(json);
    ObjectNode vouchedFor = DataIntegrityProofs.vouchedFor(json, proofs);
    if (!vouchedFor.equals(json)) {
      credential = Credential.parse(vouchedFor, contexts);
      terms.require(vouchedFor);
    }
    return new SecuredCredential(credential, proofs);
  }
}
