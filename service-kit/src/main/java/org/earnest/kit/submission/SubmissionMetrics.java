package org.earnest.kit.submission;

import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionListener;

/**
 * Counts by signer, from zero, what costs gas without doing what was asked for: {@code
 * submissions.gaps.filled}, {@code submissions.replacements}, {@code submissions.cancels}, {@code
 * submissions.calls.failed} of mined batches, and {@code submissions.reverted.gas} in gas units, of
 * those calls and of whole transactions.
 */
public final class SubmissionMetrics implements SubmissionListener {
  private static final String GAPS = "submissions.gaps.filled";
  private static final String REPLACEMENTS = "submissions.replacements";
  private static final String CANCELS = "submissions.cancels";
  private static final String FAILED_CALLS = "submissions.calls.failed";
  private static final String REVERTED_GAS = "submissions.reverted.gas";

  private final MeterRegistry metrics;

  public SubmissionMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** A counter that appears with its first count would hide that one from a rate. */
  @Override
  public void began(EvmAddress signer) {
    List.of(GAPS, REPLACEMENTS, CANCELS, FAILED_CALLS, REVERTED_GAS)
        .forEach(what -> count(what, signer, 0));
  }

  @Override
  public void gapFilled(EvmAddress signer) {
    count(GAPS, signer, 1);
  }

  @Override
  public void replaced(EvmAddress signer) {
    count(REPLACEMENTS, signer, 1);
  }

  @Override
  public void cancelled(EvmAddress signer) {
    count(CANCELS, signer, 1);
  }

  @Override
  public void reverted(EvmAddress signer, BigInteger gasUsed) {
    count(REVERTED_GAS, signer, gasUsed.doubleValue());
  }

  @Override
  public void callFailed(EvmAddress signer, BigInteger gasUsed) {
    count(FAILED_CALLS, signer, 1);
    count(REVERTED_GAS, signer, gasUsed.doubleValue());
  }

  private void count(String what, EvmAddress signer, double amount) {
    metrics.counter(what, "signer", signer.hex()).increment(amount);
  }
}
