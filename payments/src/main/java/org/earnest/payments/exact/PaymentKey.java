package org.earnest.payments.exact;

import java.nio.charset.StandardCharsets;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What makes a payment one payment, whoever presents it and however often: the token lets this
 * nonce of this payer move money once.
 */
public record PaymentKey(Caip19AssetId asset, EvmAddress from, Hash32 nonce) {
  /** The natural key of its transaction. */
  public String submissionKey() {
    return "x402:%s:%s:%s:%s".formatted(asset.chain(), asset.token(), from, nonce);
  }

  /** A short name of it: the Keccak-256 digest of {@link #submissionKey}. */
  public Hash32 id() {
    return Keccak256.hash(submissionKey().getBytes(StandardCharsets.UTF_8));
  }
}
