package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.bindings.submission.Node.Estimate;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rehearses a call as a batch will make it, so that what would revert costs nothing. */
final class BatchRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRehearsal.class);

  /** What a transaction costs before it does anything; the carrier pays it once. */
  private static final BigInteger TRANSACTION_GAS = BigInteger.valueOf(21_000);

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private final Node node;
  private final EvmAddress account;
  private final EvmAddress batch;
  private final SubmissionSettings settings;

  BatchRehearsal(Node node, EvmAddress account, EvmAddress batch, SubmissionSettings settings) {
    this.node = node;
    this.account = account;
    this.batch = batch;
    this.settings = settings;
  }

  /** What a call needs, or why it is refused; if the node tells. */
  sealed interface Result {
    /**
     * It is expected to succeed.
     *
     * @param gas gas units, with the margin of the settings
     */
    record Ready(BigInteger gas) implements Result {}

    record Refused(Rejected state) implements Result {}

    /** The node does not tell: it goes alone, and the others without it. */
    record Untold() implements Result {}
  }

  Result rehearse(SubmissionRequest request) {
    // What the key may not send itself, it may not have a batch send either.
    Optional<SigningPolicy.Refusal> forbidden =
        settings.policy().flatMap(rules -> rules.refusal(account, request, BigInteger.ZERO));
    if (forbidden.isPresent()) {
      return new Result.Refused(new Rejected(forbidden.get().code(), forbidden.get().reason()));
    }
    try {
      return tried(request);
    } catch (ChainUnavailableException e) {
      LOG.warn("{} is not sent with others: {}", request.key(), e.getMessage());
      return new Result.Untold();
    }
  }

  private Result tried(SubmissionRequest request) {
    Optional<String> revert = node.rehearse(batch, request, BlockTag.Named.LATEST);
    if (revert.isPresent()) {
      return reverted(revert.get());
    }
    return switch (node.estimateGas(batch, request)) {
      case Estimate.Reverts reverts -> reverted(reverts.reason());
      case Estimate.Gas estimate -> within(estimate.units());
    };
  }

  private Result within(BigInteger estimate) {
    if (estimate.compareTo(settings.maxGas()) > 0) {
      return new Result.Refused(
          new Rejected(
              "gas_limit_exceeded",
              "needs " + estimate + " gas, allowed are " + settings.maxGas()));
    }
    BigInteger own = estimate.subtract(TRANSACTION_GAS).max(BigInteger.ZERO);
    // As wide as alone: a slot that is written first costs the same here.
    BigInteger margin = estimate.multiply(BigInteger.valueOf(settings.gasMarginPercent()));
    return new Result.Ready(own.add(margin.divide(HUNDRED)));
  }

  private static Result reverted(String reason) {
    return new Result.Refused(new Rejected("reverted", reason));
  }
}
