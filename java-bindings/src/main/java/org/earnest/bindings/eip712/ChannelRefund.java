package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/**
 * A receiver's leave to give a payer back what is unclaimed (x402 {@code batch-settlement}).
 *
 * @param channel its id
 * @param nonce how many refunds the channel has had
 * @param amount atomic units at most
 */
public record ChannelRefund(Hash32 channel, BigInteger nonce, BigInteger amount) {
  private static final Hash32 TYPE =
      Keccak256.hash("Refund(bytes32 channelId,uint256 nonce,uint128 amount)");

  /** What the receiver's authorizer signs. */
  public Hash32 digest(Eip712Domain hub) {
    return hub.digest(structHash());
  }

  /** What the digest is made of, for signers that make it themselves. */
  public byte[] message(Eip712Domain hub) {
    return hub.message(structHash());
  }

  private Hash32 structHash() {
    return Words.ofType(TYPE).word(channel).uint(nonce).uint(amount).hash();
  }
}
