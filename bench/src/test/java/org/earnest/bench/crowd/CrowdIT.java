package org.earnest.bench.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.earnest.bench.engine.TestStage;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, one account, one database, and a bad wire. */
class CrowdIT {
  private static final CrowdSettings SETTINGS = new CrowdSettings(600, 64, 2, 30, 10, 20_261_121);

  @TempDir private Path folder;

  @Test
  void ledgerAndChainAgreeWhoeverAsks() throws IOException {
    try (Lifecycle lifecycle = new Lifecycle()) {
      CrowdReport report =
          Crowd.run(
              TestStage.set(lifecycle, folder, Crowd.BLOCK_INTERVAL),
              SETTINGS,
              System.out::println);
      System.out.println(report);

      assertThat(report.verdict().differences()).isEmpty();
      assertThat(report.ok()).as(report.toString()).isTrue();
      assertThat(report.verdict().requests()).isEqualTo(420);
      assertThat(report.leaseChanges()).isPositive();
    }
  }
}
