package org.earnest.bench.reorg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The indexer bears it, and one whose undoing is broken on purpose does not. */
class IndexerTortureIT {
  private static final long SEED = 20_261_122;
  private static final ReorgSettings SMALL = new ReorgSettings(8, 2, SEED);

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static EmbeddedPostgres postgres;

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path shared) throws IOException {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(shared.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @Test
  void isWhatAFreshReadIsAfterEveryReorganisationAndKill() {
    ReorgReport report = torture(List.of());

    assertThat(report.differences()).as(report.toString()).isEmpty();
    assertThat(report.ok(SMALL)).as(report.toString()).isTrue();
    assertThat(report.duringBackfill()).isPositive();
    assertThat(report.whileDead()).isEqualTo(SMALL.kills() / 2);
    assertThat(report.blocksUndone()).isPositive();
    assertThat(report.rebuilds()).isGreaterThan(2);
  }

  /** Either alone may be met by no blow of so few. */
  @Test
  void anIndexThatForgetsToUndoIsFoundOut() {
    ReorgReport report =
        torture(
            List.of(
                "drop trigger feedback_undone on reputation.feedback",
                "create rule kept as on delete to reputation.validation_request"
                    + " do instead nothing"));

    assertThat(report.differences())
        .anySatisfy(
            each -> assertThat(each).containsAnyOf("feedback_standing", "validation_request"));
    assertThat(report.ok(SMALL)).isFalse();
  }

  private ReorgReport torture(List<String> sabotage) {
    ReorgReport report =
        IndexerTorture.run(
            new ReorgPlan(postgres.settings(), folder, MortalIndexer.class.getName(), sabotage),
            SMALL,
            System.out::println);
    System.out.println(report);
    return report;
  }
}
