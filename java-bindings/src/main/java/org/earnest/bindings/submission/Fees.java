package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.submission.TransactionPlan;

/**
 * What a transaction offers (EIP-1559). Nodes take a rival with the same nonce only if both of its
 * fees are higher by a tenth or more; the engine raises by an eighth.
 *
 * @param maxFeePerGas wei per gas
 * @param maxPriorityFeePerGas wei per gas
 */
record Fees(BigInteger maxFeePerGas, BigInteger maxPriorityFeePerGas) {
  private static final BigInteger EIGHT = BigInteger.valueOf(8);

  /** The least that replaces this plan: 12.5 % more on both fields, rounded up to more. */
  static Fees least(TransactionPlan plan) {
    return new Fees(raised(plan.maxFeePerGas()), raised(plan.maxPriorityFeePerGas()));
  }

  /**
   * What replaces this plan and is worth being mined now.
   *
   * @param now what the chain asks for
   * @param cap of the whole fee, wei per gas
   * @return empty when the cap does not allow it
   */
  static Optional<Fees> within(TransactionPlan plan, Fees now, BigInteger cap) {
    Fees least = least(plan);
    if (least.maxFeePerGas.compareTo(cap) > 0) {
      return Optional.empty();
    }
    BigInteger fee = least.maxFeePerGas.max(now.maxFeePerGas).min(cap);
    BigInteger tip = least.maxPriorityFeePerGas.max(now.maxPriorityFeePerGas).min(fee);
    return Optional.of(new Fees(fee, tip));
  }

  TransactionPlan of(TransactionPlan plan) {
    return new TransactionPlan(
        plan.signer(), plan.nonce(), plan.gasLimit(), maxFeePerGas, maxPriorityFeePerGas);
  }

  private static BigInteger raised(BigInteger fee) {
    return fee.add(fee.divide(EIGHT)).add(BigInteger.ONE);
  }
}
