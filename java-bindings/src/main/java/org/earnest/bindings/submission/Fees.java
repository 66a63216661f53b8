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
  private static final BigInteger TEN = BigInteger.TEN;
  private static final BigInteger ELEVEN = BigInteger.valueOf(11);

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
    BigInteger fee = least.maxFeePerGas.max(now.maxFeePerGas).min(cap.maxFeePerGas);
    BigInteger tip =
        least
            .maxPriorityFeePerGas
            .max(now.maxPriorityFeePerGas)
            .min(cap.maxPriorityFeePerGas)
            .min(fee);
    return outbids(fee, plan.maxFeePerGas()) && outbids(tip, plan.maxPriorityFeePerGas())
        ? Optional.of(new Fees(fee, tip))
        : Optional.empty();
  }

  /** Whether this asks for more than the plan offers. */
  boolean exceed(TransactionPlan plan) {
    return maxFeePerGas.compareTo(plan.maxFeePerGas()) > 0
        || maxPriorityFeePerGas.compareTo(plan.maxPriorityFeePerGas()) > 0;
  }

  private static boolean outbids(BigInteger next, BigInteger last) {
    return next.compareTo(last) > 0 && next.multiply(TEN).compareTo(last.multiply(ELEVEN)) >= 0;
  }

  TransactionPlan of(TransactionPlan plan) {
    return new TransactionPlan(
        plan.signer(), plan.nonce(), plan.gasLimit(), maxFeePerGas, maxPriorityFeePerGas);
  }

  private static BigInteger raised(BigInteger fee) {
    return fee.add(fee.divide(EIGHT)).add(BigInteger.ONE);
  }
}
