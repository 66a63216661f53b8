package org.earnest.payments.exact;

import java.nio.charset.StandardCharsets;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What makes a payment one payment, whoever presents it and however often: the token, or Permit2,
 * lets this nonce of this payer move money once. Permit2 counts a payer's nonces across tokens and
 * proxies, so of two keys that differ in these alone one at most moves money.
 */
public record PaymentKey(
    TransferMethod method, Caip19AssetId asset, EvmAddress from, Hash32 nonce) {
  /** By EIP-3009. */
  public PaymentKey(Caip19AssetId asset, EvmAddress from, Hash32 nonce) {
    this(TransferMethod.EIP3009, asset, from, nonce);
  }

  /** The natural key of its transaction. */
  public String submissionKey() {
    String kind = method == TransferMethod.EIP3009 ? "x402" : "x402-" + method.text();
    return String.join(
        ":", kind, asset.chain().toString(), asset.token().hex(), from.hex(), nonce.hex());
  }

  /** A short name of it: the Keccak-256 digest of {@link #submissionKey}. */
  public Hash32 id() {
    return Keccak256.hash(submissionKey().getBytes(StandardCharsets.UTF_8));
  }
}
