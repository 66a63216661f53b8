package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.submission.Node.Estimate;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionPlan;

/** Rehearses a request and prices it, so that what is signed is expected to succeed. */
final class Preparation {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private final Node node;
  private final ChainReader chain;
  private final SubmissionSettings settings;

  Preparation(Node node, ChainReader chain, SubmissionSettings settings) {
    this.node = node;
    this.chain = chain;
    this.settings = settings;
  }

  /** What a request needs, or why it is refused. */
  sealed interface Result {
    /**
     * Ready to be signed.
     *
     * @param gasLimit gas units
     * @param maxFeePerGas wei
     * @param maxPriorityFeePerGas wei
     */
    record Ready(BigInteger gasLimit, BigInteger maxFeePerGas, BigInteger maxPriorityFeePerGas)
        implements Result {
      TransactionPlan plan(EvmAddress signer, long nonce) {
        return new TransactionPlan(signer, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas);
      }
    }

    record Refused(String code, String reason) implements Result {}
  }

  Result prepare(EvmAddress sender, SubmissionRequest request) {
    Prospect prospect = node.prospect(sender, request);
    BigInteger balance = prospect.balance();
    if (balance.compareTo(request.value()) < 0) {
      return insufficient(sender, balance, request.value());
    }
    Optional<String> revert = prospect.revert();
    if (revert.isPresent()) {
      return new Result.Refused("reverted", revert.get());
    }
    return switch (prospect.gas()) {
      case Estimate.Reverts reverts -> new Result.Refused("reverted", reverts.reason());
      case Estimate.Gas gas -> price(sender, prospect, gas.units());
    };
  }

  private Result price(EvmAddress sender, Prospect prospect, BigInteger estimate) {
    if (estimate.compareTo(settings.maxGas()) > 0) {
      return new Result.Refused(
          "gas_limit_exceeded", "needs " + estimate + " gas, allowed are " + settings.maxGas());
    }
    Fees fees = prospect.prices().fees(settings.maxPriorityFeePerGas());
    BigInteger maxFee = fees.maxFeePerGas();
    if (maxFee.compareTo(settings.maxFeePerGas()) > 0) {
      return new Result.Refused(
          "fee_cap_exceeded",
          "the chain asks for " + maxFee + " wei per gas, allowed are " + settings.maxFeePerGas());
    }
    BigInteger limit = withMargin(estimate).min(settings.maxGas());
    BigInteger cost = limit.multiply(maxFee).add(prospect.request().value());
    return prospect.balance().compareTo(cost) < 0
        ? insufficient(sender, prospect.balance(), cost)
        : new Result.Ready(limit, maxFee, fees.maxPriorityFeePerGas());
  }

  /** Gas units that a transaction of this account needs to do nothing, with the usual margin. */
  BigInteger idleGas(EvmAddress account) {
    SubmissionRequest nothing = new SubmissionRequest("idle", account, "0x");
    return switch (node.estimateGas(account, nothing)) {
      case Estimate.Gas gas -> withMargin(gas.units());
      case Estimate.Reverts reverts ->
          throw new ChainUnavailableException("a transfer of nothing reverts: " + reverts.reason());
    };
  }

  private BigInteger withMargin(BigInteger estimate) {
    BigInteger margin = BigInteger.valueOf(settings.gasMarginPercent());
    return estimate.add(estimate.multiply(margin).divide(HUNDRED));
  }

  /** What the chain asks for now. */
  Fees fees() {
    return node.prices().fees(settings.maxPriorityFeePerGas());
  }

  /** Whether the account could pay for this now. */
  boolean isPayable(TransactionPlan plan, BigInteger value) {
    BigInteger cost = plan.gasLimit().multiply(plan.maxFeePerGas()).add(value);
    return chain.balance(plan.signer(), LATEST).compareTo(cost) >= 0;
  }

  private static Result insufficient(EvmAddress sender, BigInteger balance, BigInteger cost) {
    return new Result.Refused(
        "insufficient_funds",
        sender + " holds " + balance + " wei and needs up to " + cost + ": fund it");
  }
}
