package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.submission.TransactionPlan;

/**
 * What a transaction offers (EIP-1559). Nodes take a rival with the same nonce only if both of its
 * fees are higher by a tenth or more, some by an eighth or more; the engine raises by an eighth.
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
   * @param cap the highest of each that is allowed
   * @return empty when the caps do not allow it
   */
  static Optional<Fees> within(TransactionPlan plan, Fees now, Fees cap) {
    Fees least = least(plan);
    if (least.maxFeePerGas.compareTo(cap.maxFeePerGas) > 0
        || least.maxPriorityFeePerGas.compareTo(cap.maxPriorityFeePerGas) > 0) {
      return Optional.empty();
    }
    BigInteger fee = least.maxFeePerGas.max(now.maxFeePerGas).min(cap.maxFeePerGas);
    BigInteger tip = least.maxPriorityFeePerGas.max(now.maxPriorityFeePerGas);
    return Optional.of(new Fees(fee, tip.min(cap.maxPriorityFeePerGas).min(fee)));
  }

  /** Whether this asks for more than the plan offers. */
  boolean exceed(TransactionPlan plan) {
    return maxFeePerGas.compareTo(plan.maxFeePerGas()) > 0
        || maxPriorityFeePerGas.compareTo(plan.maxPriorityFeePerGas()) > 0;
  }

  TransactionPlan of(TransactionPlan plan) {
    return of(plan, plan.gasLimit());
  }

  TransactionPlan of(TransactionPlan plan, BigInteger gasLimit) {
    return new TransactionPlan(
        plan.signer(), plan.nonce(), gasLimit, maxFeePerGas, maxPriorityFeePerGas);
  }

  private static BigInteger raised(BigInteger fee) {
    return fee.add(fee.divide(EIGHT)).add(BigInteger.ONE);
  }
}
