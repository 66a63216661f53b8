package org.earnest.core.submission;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;

/**
 * Everything about a transaction that its request leaves open. With it the bytes are decided, so
 * that whoever signs signs the same.
 *
 * @param nonce the signer's transaction number
 * @param gasLimit gas units
 * @param maxFeePerGas wei per gas (EIP-1559)
 * @param maxPriorityFeePerGas wei per gas
 */
public record TransactionPlan(
    EvmAddress signer,
    long nonce,
    BigInteger gasLimit,
    BigInteger maxFeePerGas,
    BigInteger maxPriorityFeePerGas) {
  public TransactionPlan {
    if (nonce < 0) {
      throw new IllegalArgumentException("a nonce cannot be negative");
    }
  }
}
