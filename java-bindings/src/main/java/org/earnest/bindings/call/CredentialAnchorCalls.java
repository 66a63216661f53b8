package org.earnest.bindings.call;

import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** Anchors roots of status lists and evidence. The sender is the issuer that stands by them. */
public final class CredentialAnchorCalls {
  private final EvmAddress contract;
  private final CredentialAnchor abi;

  public CredentialAnchorCalls(EvmAddress contract) {
    this.contract = contract;
    this.abi = Wrappers.credentialAnchor();
  }

  /**
   * Anchors a root; once for each issuer.
   *
   * @param root an {@link org.earnest.bindings.anchor.AnchorTree}'s; not zero
   */
  public ChainCall anchor(Hash32 root) {
    return Wrappers.call(contract, abi.anchor(root.bytes()));
  }
}
