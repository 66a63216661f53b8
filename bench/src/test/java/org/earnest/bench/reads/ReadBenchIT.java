package org.earnest.bench.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small index: that every route answers from it, and that bulk and triggers agree. */
class ReadBenchIT {
  private static final ReadPlan PLAN = new ReadPlan(1_000, 20_000, 8, 2, 7);

  @Test
  void everyRouteAnswersFromWhatTheTriggersWouldHaveMade(@TempDir Path folder) throws Exception {
    List<String> said = new ArrayList<>();
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state = lifecycle.start(() -> StateDirectory.open(folder.resolve("state")));
      Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
      EmbeddedPostgres postgres = lifecycle.start(() -> EmbeddedPostgres.start(state, binaries));
      ReadBench bench = new ReadBench(PLAN, postgres.settings(), said::add);

      assertThat(bench.isFilled()).isFalse();
      assertThat(bench.fill()).isEmpty();
      assertThat(bench.isFilled()).isTrue();
      assertThatThrownBy(bench::fill)
          .isInstanceOfSatisfying(
              StartupException.class,
              refused -> assertThat(refused.code()).isEqualTo("database_not_empty"));
      Map<String, Object> figures = bench.ask();

      assertThat(figures).as(String.join("\n", said)).containsEntry("ok", true);
      assertThat(figures.get("questions"))
          .asInstanceOf(LIST)
          .hasSize(Question.all().size() + 2)
          .allSatisfy(
              each -> assertThat(each).asInstanceOf(MAP).containsEntry("asked", PLAN.requests()));
    }
  }
}
