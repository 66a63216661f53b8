package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.submission.Node.Estimate;
import org.earnest.core.chain.BlockHeader;
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

  /** Fees are good for six full blocks, and what is outbid is replaced. */
  private static final Duration FEES_AGE = Duration.ofSeconds(1);

  /** An account that holds so many times what is needed need not be looked at each time. */
  private static final BigInteger PLENTY = BigInteger.valueOf(1_000);

  private static final Duration BALANCE_AGE = Duration.ofSeconds(1);

  private final Node node;
  private final ChainReader chain;
  private final SubmissionSettings settings;
  private final EvmAddress sender;
  private final Recent<Fees> fees;
  private final Recent<BigInteger> balance;

  Preparation(
      Node node, ChainReader chain, SubmissionSettings settings, EvmAddress sender, Ticks ticks) {
    this.node = node;
    this.chain = chain;
    this.settings = settings;
    this.sender = sender;
    this.fees = new Recent<>(this::askFees, FEES_AGE, ticks);
    this.balance = new Recent<>(() -> chain.balance(sender, LATEST), BALANCE_AGE, ticks);
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

  Result prepare(SubmissionRequest request) {
    if (!holds(request.value())) {
      return insufficient(request.value());
    }
    Optional<String> revert = node.rehearse(sender, request, LATEST);
    if (revert.isPresent()) {
      return new Result.Refused("reverted", revert.get());
    }
    return switch (node.estimateGas(sender, request)) {
      case Estimate.Reverts reverts -> new Result.Refused("reverted", reverts.reason());
      case Estimate.Gas gas -> price(request, gas.units());
    };
  }

  private Result price(SubmissionRequest request, BigInteger estimate) {
    if (estimate.compareTo(settings.maxGas()) > 0) {
      return new Result.Refused(
          "gas_limit_exceeded", "needs " + estimate + " gas, allowed are " + settings.maxGas());
    }
    Fees recent = fees.recent();
    Fees offer = affordable(recent) ? recent : fees.now();
    BigInteger maxFee = offer.maxFeePerGas();
    if (!affordable(offer)) {
      return new Result.Refused(
          "fee_cap_exceeded",
          "the chain asks for " + maxFee + " wei per gas, allowed are " + settings.maxFeePerGas());
    }
    BigInteger limit = withMargin(estimate).min(settings.maxGas());
    BigInteger cost = limit.multiply(maxFee).add(request.value());
    return holds(cost)
        ? new Result.Ready(limit, maxFee, offer.maxPriorityFeePerGas())
        : insufficient(cost);
  }

  private boolean affordable(Fees asked) {
    return asked.maxFeePerGas().compareTo(settings.maxFeePerGas()) <= 0;
  }

  /** Nobody is refused by what was, and little is spent by it. */
  private boolean holds(BigInteger cost) {
    return cost.signum() == 0
        || balance.recent().compareTo(cost.multiply(PLENTY)) >= 0
        || balance.now().compareTo(cost) >= 0;
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
    return fees.now();
  }

  private Fees askFees() {
    BigInteger tip = node.priorityFee().min(settings.maxPriorityFeePerGas());
    BigInteger baseFee =
        chain
            .block(LATEST)
            .map(BlockHeader::baseFee)
            .orElseThrow(() -> new ChainUnavailableException("the node has no latest block"));
    // Twice the base fee stays good for six full blocks in a row (EIP-1559).
    return new Fees(baseFee.add(baseFee).add(tip), tip);
  }

  /** Whether the account could pay for this now. */
  boolean isPayable(TransactionPlan plan, BigInteger value) {
    BigInteger cost = plan.gasLimit().multiply(plan.maxFeePerGas()).add(value);
    return chain.balance(plan.signer(), LATEST).compareTo(cost) >= 0;
  }

  private Result insufficient(BigInteger cost) {
    return new Result.Refused(
        "insufficient_funds",
        sender + " holds " + balance.recent() + " wei and needs up to " + cost + ": fund it");
  }
}
