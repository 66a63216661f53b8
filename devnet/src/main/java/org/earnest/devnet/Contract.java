package org.earnest.devnet;

import org.earnest.bindings.call.CreationCode;

/** What is deployed, in this order. No contract needs a call after its constructor. */
enum Contract {
  TEST_USDC("TestUSDC", CreationCode.testUsdc()),
  IDENTITY_REGISTRY("IdentityRegistry", CreationCode.identityRegistry()),
  REPUTATION_REGISTRY(
      "ReputationRegistry",
      CreationCode.reputationRegistry(IDENTITY_REGISTRY.creation().address())),
  VALIDATION_REGISTRY(
      "ValidationRegistry",
      CreationCode.validationRegistry(IDENTITY_REGISTRY.creation().address())),
  DEAL_ESCROW("DealEscrow", CreationCode.dealEscrow(IDENTITY_REGISTRY.creation().address())),
  DID_REGISTRY("EthereumDIDRegistry", CreationCode.ethereumDidRegistry()),
  CREDENTIAL_ANCHOR("CredentialAnchor", CreationCode.credentialAnchor()),
  CALL_BATCH("CallBatch", CreationCode.callBatch());

  private final String title;
  private final String creationCode;

  Contract(String title, String creationCode) {
    this.title = title;
    this.creationCode = creationCode;
  }

  String title() {
    return title;
  }

  Create2 creation() {
    return new Create2(creationCode);
  }
}
