package org.earnest.credentials;

import java.time.Instant;
import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.proof.Proof;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential that passed every check. Only {@link CredentialVerifier} makes one, so whoever holds
 * it need not ask again whether somebody looked.
 */
public final class VerifiedCredential {
  private final Credential credential;
  private final List<Proof> proofs;
  private final Instant verifiedAt;

  VerifiedCredential(Credential credential, List<Proof> proofs, Instant verifiedAt) {
    this.credential = credential;
    this.proofs = List.copyOf(proofs);
    this.verifiedAt = verifiedAt;
  }

  public Did issuer() {
    return credential.issuer();
  }

  public List<String> types() {
    return credential.types();
  }

  /** A copy of the credential, proof included. */
  public ObjectNode json() {
    return credential.json();
  }

  /** The issuer's key that signed; the first, where several did. */
  public DidUrl verificationMethod() {
    return proofs.stream()
        .filter(proof -> ProofKeys.isOf(issuer(), proof))
        .findFirst()
        .orElseThrow()
        .verificationMethod();
  }

  /**
   * Whether its holder chose which of the issuer's statements it shows: what is not in it may have
   * been said all the same.
   */
  public boolean isSelective() {
    return proofs.stream().anyMatch(Proof::isSelective);
  }

  /** When the validity times were judged. */
  public Instant verifiedAt() {
    return verifiedAt;
  }

  @Override
  public String toString() {
    return "credential " + types() + " of " + issuer() + ", verified at " + verifiedAt;
  }
}
