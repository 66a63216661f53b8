package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bench.indexer.IndexerBench;
import org.earnest.bench.indexer.IndexerPlan;
import org.earnest.cli.console.Console;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "indexer",
    description = {
      "Read a chain's feedback into an empty database, by our indexer and by Ponder, in one run.",
      "",
      "Starts a node that serves made-up logs, always the same ones, and a PostgreSQL that is",
      "gone afterwards. Ponder is installed from npm once. Everybody is a process of its own",
      "and is measured from outside, until it says that it is ready; then entries and their",
      "sum are compared with what the chain holds. Warm is once more in a database that has",
      "kept the logs."
    },
    mixinStandardHelpOptions = true)
final class BenchIndexerCommand extends Verb {
  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many feedbacks the chain holds. Default: ${DEFAULT-VALUE}.")
  private long events;

  @Option(
      names = "--per-block",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many of them in each block. Default: ${DEFAULT-VALUE}.")
  private int perBlock;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      split = ",",
      defaultValue = "0",
      description = "What the node waits before each answer. Default: ${DEFAULT-VALUE}.")
  private List<Integer> latencies = List.of();

  @Mixin RoundsOption rounds = new RoundsOption();

  @Option(names = "--no-peers", description = "Measure our indexer alone.")
  private boolean alone;

  @Override
  Map<String, ?> perform(Console console) {
    IndexerPlan plan = plan();
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state = TemporaryRun.begin(lifecycle, Level.ERROR);
      EmbeddedPostgres postgres =
          lifecycle.start(() -> EmbeddedPostgres.start(state, EarnestHome.postgresBinaries()));
      Optional<Path> peers =
          alone
              ? Optional.empty()
              : Optional.of(EarnestHome.path().resolve(".earnest/indexer-peers"));
      return new IndexerBench(plan, postgres.settings(), state.path(), peers, console::say).run();
    }
  }

  private IndexerPlan plan() {
    try {
      return new IndexerPlan(
          events, perBlock, latencies.stream().map(Duration::ofMillis).toList(), rounds.count());
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
    }
  }
}
