package org.earnest.cli.host;

import java.util.Optional;
import org.earnest.bindings.signer.PolicedSigner;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.core.chain.EvmSigner;

/**
 * An operator's own key for one of the accounts that send transactions.
 *
 * @param policy what it may sign; anything without one
 */
public record HostKey(EvmSigner signer, Optional<SigningPolicy> policy) {
  /** With a policy, the key is handed on behind it. */
  public HostKey {
    if (policy.isPresent()) {
      signer = new PolicedSigner(signer, policy.get());
    }
  }
}
