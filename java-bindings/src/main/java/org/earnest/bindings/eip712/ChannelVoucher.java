package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/**
 * Leave for a channel's receiver to claim (x402 {@code batch-settlement}).
 *
 * @param channel its id
 * @param maxClaimableAmount atomic units in all, since the channel began; below 2^128
 */
public record ChannelVoucher(Hash32 channel, BigInteger maxClaimableAmount) {
  private static final Hash32 TYPE =
      Keccak256.hash("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");

  /** What the payer's side signs. */
  public Hash32 digest(Eip712Domain hub) {
    return hub.digest(structHash());
  }

  /** What the digest is made of, for signers that make it themselves. */
  public byte[] message(Eip712Domain hub) {
    return hub.message(structHash());
  }

  private Hash32 structHash() {
    return Words.ofType(TYPE).word(channel).uint(maxClaimableAmount).hash();
  }
}
