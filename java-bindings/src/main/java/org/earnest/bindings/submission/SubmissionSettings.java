package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.core.submission.Finality;

/**
 * How carefully transactions are made.
 *
 * @param gasMarginPercent added to the node's estimate, as the state may change until mining
 * @param maxGas gas units; what needs more is refused
 * @param maxFeePerGas wei; while the chain asks for more, nothing is sent
 * @param maxPriorityFeePerGas wei; whatever a node suggests, no higher tip is paid
 * @param pollInterval between two looks for a receipt, when the first have found none
 * @param resendInterval after which bytes without a receipt are sent once more
 * @param stuckAfterBlocks how many blocks go by before a transaction that waits is replaced; the
 *     fees are good for six full blocks
 * @param finality when a block of this chain counts as final
 * @param leaseTerm after which the account's lease of a process that died passes to another; all
 *     processes of an account should agree on it. Whoever sleeps longer is fenced
 * @param policy what the account's key may sign; anything without one
 */
public record SubmissionSettings(
    int gasMarginPercent,
    BigInteger maxGas,
    BigInteger maxFeePerGas,
    BigInteger maxPriorityFeePerGas,
    Duration pollInterval,
    Duration resendInterval,
    int stuckAfterBlocks,
    Finality finality,
    Duration leaseTerm,
    Optional<SigningPolicy> policy) {
  public SubmissionSettings {
    if (!leaseTerm.isPositive()) {
      throw new IllegalArgumentException("a lease has a term: " + leaseTerm);
    }
  }

  public static final SubmissionSettings DEFAULT =
      new SubmissionSettings(
          30,
          BigInteger.valueOf(10_000_000),
          BigInteger.valueOf(500_000_000_000L),
          BigInteger.valueOf(100_000_000_000L),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          6,
          new Finality.Depth(12),
          Duration.ofSeconds(5),
          Optional.empty());

  public SubmissionSettings withMaxGas(BigInteger gas) {
    return new SubmissionSettings(
        gasMarginPercent,
        gas,
        maxFeePerGas,
        maxPriorityFeePerGas,
        pollInterval,
        resendInterval,
        stuckAfterBlocks,
        finality,
        leaseTerm,
        policy);
  }

  public SubmissionSettings withMaxFeePerGas(BigInteger wei) {
    return new SubmissionSettings(
        gasMarginPercent,
        maxGas,
        wei,
        maxPriorityFeePerGas,
        pollInterval,
        resendInterval,
        stuckAfterBlocks,
        finality,
        leaseTerm,
        policy);
  }

  public SubmissionSettings withMaxPriorityFeePerGas(BigInteger wei) {
    return new SubmissionSettings(
        gasMarginPercent,
        maxGas,
        maxFeePerGas,
        wei,
        pollInterval,
        resendInterval,
        stuckAfterBlocks,
        finality,
        leaseTerm,
        policy);
  }

  public SubmissionSettings withIntervals(Duration poll, Duration resend) {
    return new SubmissionSettings(
        gasMarginPercent,
        maxGas,
        maxFeePerGas,
        maxPriorityFeePerGas,
        poll,
        resend,
        stuckAfterBlocks,
        finality,
        leaseTerm,
        policy);
  }

  public SubmissionSettings withFinality(Finality other) {
    return new SubmissionSettings(
        gasMarginPercent,
        maxGas,
        maxFeePerGas,
        maxPriorityFeePerGas,
        pollInterval,
        resendInterval,
        stuckAfterBlocks,
        other,
        leaseTerm,
        policy);
  }

  public SubmissionSettings withLeaseTerm(Duration term) {
    return new SubmissionSettings(
        gasMarginPercent,
        maxGas,
        maxFeePerGas,
        maxPriorityFeePerGas,
        pollInterval,
        resendInterval,
        stuckAfterBlocks,
        finality,
        term,
        policy);
  }

  /** For a key that may not sign everything. */
  public SubmissionSettings withPolicy(SigningPolicy rules) {
    return new SubmissionSettings(
        gasMarginPercent,
        maxGas,
        maxFeePerGas,
        maxPriorityFeePerGas,
        pollInterval,
        resendInterval,
        stuckAfterBlocks,
        finality,
        leaseTerm,
        Optional.of(rules));
  }
}
