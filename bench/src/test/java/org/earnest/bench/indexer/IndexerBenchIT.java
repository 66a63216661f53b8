package org.earnest.bench.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run without peers, which need npm. */
class IndexerBenchIT {
  private static final int EVENTS = 2_000;
  private static final int PER_BLOCK = 50;
  private static final int LATENCY = 5;

  @Test
  void measuresAProcessOfItsOwnFromOutside(@TempDir Path folder) throws Exception {
    IndexerPlan plan = new IndexerPlan(EVENTS, PER_BLOCK, List.of(Duration.ofMillis(LATENCY)), 1);
    List<String> said = new ArrayList<>();
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state = lifecycle.start(() -> StateDirectory.open(folder.resolve("state")));
      Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
      EmbeddedPostgres postgres = lifecycle.start(() -> EmbeddedPostgres.start(state, binaries));
      Map<String, Object> figures =
          new IndexerBench(plan, postgres.settings(), folder, Optional.empty(), said::add).run();

      assertThat(said).hasSize(3);
      assertThat(figures).containsEntry("ok", true);
      assertThat(figures.get("rounds"))
          .asInstanceOf(LIST)
          .hasSize(2)
          .first()
          .asInstanceOf(MAP)
          .containsEntry("who", "earnest")
          .containsEntry("warm", false)
          .containsEntry("events", (long) EVENTS)
          .containsEntry("right", true)
          .hasEntrySatisfying("requests", of -> assertThat((Long) of).isBetween(3L, 500L))
          .hasEntrySatisfying("bytes", of -> assertThat((Long) of).isGreaterThan(1_000L * EVENTS))
          .hasEntrySatisfying("cpuMs", of -> assertThat((Long) of).isPositive())
          .hasEntrySatisfying("residentBytes", of -> assertThat((Long) of).isPositive())
          .hasEntrySatisfying("diskBytes", of -> assertThat((Long) of).isPositive());
      assertThat(Files.readString(folder.resolve("earnest.log")))
          .doesNotContain(postgres.settings().password());
    }
  }
}
