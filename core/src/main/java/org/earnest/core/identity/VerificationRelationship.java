package org.earnest.core.identity;

/** What a verification method may be used for (DID Core §5.3). */
public enum VerificationRelationship {
  AUTHENTICATION("authentication"),
  ASSERTION_METHOD("assertionMethod"),
  KEY_AGREEMENT("keyAgreement"),
  CAPABILITY_INVOCATION("capabilityInvocation"),
  CAPABILITY_DELEGATION("capabilityDelegation");

  private final String property;

  VerificationRelationship(String property) {
    this.property = property;
  }

  /** The property's name in a DID document, and the {@code proofPurpose} of a proof. */
  public String property() {
    return property;
  }
}
