package org.earnest.kit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.Test;

class SubmissionMetricsTest {
  private static final EvmAddress ONE = new EvmAddress("0x" + "1".repeat(40));
  private static final EvmAddress OTHER = new EvmAddress("0x" + "2".repeat(40));

  @Test
  void countsBySignerUnderTheNamesThatAreDocumented() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    SubmissionMetrics metrics = new SubmissionMetrics(registry);
    metrics.began(ONE);
    metrics.began(OTHER);
    metrics.gapFilled(ONE);
    metrics.gapFilled(ONE);
    metrics.replaced(ONE);
    metrics.cancelled(OTHER);
    metrics.reverted(OTHER, BigInteger.valueOf(21_000));
    metrics.reverted(OTHER, BigInteger.valueOf(30_000));
    metrics.callFailed(OTHER, BigInteger.valueOf(4_000));

    assertThat(registry.scrape())
        .contains("submissions_gaps_filled_total{signer=\"" + OTHER.hex() + "\"} 0.0")
        .contains("submissions_gaps_filled_total{signer=\"" + ONE.hex() + "\"} 2.0")
        .contains("submissions_replacements_total{signer=\"" + ONE.hex() + "\"} 1.0")
        .contains("submissions_cancels_total{signer=\"" + OTHER.hex() + "\"} 1.0")
        .contains("submissions_reverted_gas_total{signer=\"" + OTHER.hex() + "\"} 55000.0")
        .contains("submissions_calls_failed_total{signer=\"" + ONE.hex() + "\"} 0.0")
        .contains("submissions_calls_failed_total{signer=\"" + OTHER.hex() + "\"} 1.0");
  }
}
