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
 * @param cancels whether it does not do what was requested, but only spends the nonce
 */
public record SignedTransaction(
    EvmAddress signer,
    long nonce,
    Hash32 hash,
    String raw,
    BigInteger gasLimit,
    BigInteger maxFeePerGas,
    BigInteger maxPriorityFeePerGas,
    boolean cancels) {
  public SignedTransaction {
    if (nonce < 0) {
      throw new IllegalArgumentException("a nonce cannot be negative");
    }
  }

  /** One that does what was requested. */
  public SignedTransaction(
      EvmAddress signer,
      long nonce,
      Hash32 hash,
      String raw,
      BigInteger gasLimit,
      BigInteger maxFeePerGas,
      BigInteger maxPriorityFeePerGas) {
    this(signer, nonce, hash, raw, gasLimit, maxFeePerGas, maxPriorityFeePerGas, false);
  }

  /** Whether at most one of the two can be mined. */
  public boolean rivals(SignedTransaction other) {
    return signer.equals(other.signer) && nonce == other.nonce;
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
