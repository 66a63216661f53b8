package org.earnest.core.identity;

import org.earnest.core.chain.Caip10AccountId;

/** A key, or an account that stands for one, listed in a DID document. */
public sealed interface VerificationMethod {
  DidUrl id();

  Did controller();

  /**
   * A Multikey (Controlled Identifiers 1.0 §2.2.2).
   *
   * @param publicKeyMultibase base58-btc of multicodec prefix and key
   */
  record Multikey(DidUrl id, Did controller, String publicKeyMultibase)
      implements VerificationMethod {}

  /** An account whose signatures are judged by recovery (EcdsaSecp256k1RecoveryMethod2020). */
  record BlockchainAccount(DidUrl id, Did controller, Caip10AccountId account)
      implements VerificationMethod {}

  /**
   * A method that Earnest does not verify with: a document may list it, and it is passed on.
   *
   * @param type as its document names it
   */
  record Other(DidUrl id, Did controller, String type) implements VerificationMethod {}
}
