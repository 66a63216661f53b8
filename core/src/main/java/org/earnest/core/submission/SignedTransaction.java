package org.earnest.core.submission;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * A transaction that could be mined from the moment it exists; hence it is stored before it is
 * sent.
 *
 * @param nonce the signer's transaction number
 * @param raw the bytes for {@code eth_sendRawTransaction}, prefixed hexadecimal
 * @param gasLimit gas units
 * @param maxFeePerGas wei per gas (EIP-1559)
 * @param maxPriorityFeePerGas wei per gas
 */
public record SignedTransaction(
    EvmAddress signer,
    long nonce,
    Hash32 hash,
    String raw,
    BigInteger gasLimit,
    BigInteger maxFeePerGas,
    BigInteger maxPriorityFeePerGas) {
  public SignedTransaction {
    if (nonce < 0) {
      throw new IllegalArgumentException("a nonce cannot be negative");
    }
  }

  /** What was decided before it was signed. */
  public TransactionPlan plan() {
    return new TransactionPlan(signer, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas);
  }

  /** Without the raw bytes: whoever reads them can send them. */
  @Override
  public String toString() {
    return "SignedTransaction[" + hash + ", signer " + signer + ", nonce " + nonce + "]";
  }
}
