package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * What a payment channel is, for ever (x402 {@code batch-settlement}).
 *
 * @param payerAuthorizer whose key signs vouchers; zero: the payer, by key or ERC-1271
 * @param receiverAuthorizer who signs claims and refunds for the receiver
 * @param withdrawDelay seconds, below 2^40
 * @param salt tells channels of the same parties apart
 */
public record ChannelConfig(
    EvmAddress payer,
    EvmAddress payerAuthorizer,
    EvmAddress receiver,
    EvmAddress receiverAuthorizer,
    EvmAddress token,
    long withdrawDelay,
    Hash32 salt) {
  private static final long DELAY_LIMIT = 1L << 40;

  private static final Hash32 TYPE =
      Keccak256.hash(
          "ChannelConfig(address payer,address payerAuthorizer,address receiver,"
              + "address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)");

  public ChannelConfig {
    if (withdrawDelay < 0 || withdrawDelay >= DELAY_LIMIT) {
      throw new IllegalArgumentException("withdrawDelay must be from 0 to 2^40 - 1");
    }
  }

  /**
   * The channel's id.
   *
   * @param hub the hub's own EIP-712 domain
   */
  public Hash32 id(Eip712Domain hub) {
    return hub.digest(
        Words.ofType(TYPE)
            .address(payer)
            .address(payerAuthorizer)
            .address(receiver)
            .address(receiverAuthorizer)
            .address(token)
            .uint(BigInteger.valueOf(withdrawDelay))
            .word(salt)
            .hash());
  }
}
