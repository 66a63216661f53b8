package org.earnest.kit.submission;

import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionListener;

/**
 * Counts by signer what costs gas without doing what was asked for: {@code
 * submissions.gaps.filled}, {@code submissions.replacements}, {@code submissions.cancels}, and
 * {@code submissions.reverted.gas} in gas units.
 */
public final class SubmissionMetrics implements SubmissionListener {
  private final MeterRegistry metrics;

  public SubmissionMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public void gapFilled(EvmAddress signer) {
    count("submissions.gaps.filled", signer, 1);
  }

  @Override
  public void replaced(EvmAddress signer) {
    count("submissions.replacements", signer, 1);
  }

  @Override
  public void cancelled(EvmAddress signer) {
    count("submissions.cancels", signer, 1);
  }

  @Override
  public void reverted(EvmAddress signer, BigInteger gasUsed) {
    count("submissions.reverted.gas", signer, gasUsed.doubleValue());
  }

  private void count(String what, EvmAddress signer, double amount) {
    metrics.counter(what, "signer", signer.hex()).increment(amount);
  }
}
