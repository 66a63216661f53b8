package org.earnest.cli.command;

import java.util.List;
import org.earnest.bench.submissions.BenchPlan;
import org.earnest.bench.submissions.Ground;
import org.earnest.bench.submissions.Pace;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is measured, and on what. */
final class BenchOptions {

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How many in a round; with blocks at intervals fewer. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,8,32",
      description = "How many are under way at once. Default: ${DEFAULT-VALUE}.")
  private List<Integer> concurrencies = List.of();

  @Option(
      names = "--block-time",
      paramLabel = "PACE",
      split = ",",
      defaultValue = "automine,2",
      description = "automine, or seconds between blocks. Default: ${DEFAULT-VALUE}.")
  private List<String> paces = List.of();

  @Mixin RoundsOption rounds = new RoundsOption();

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many before the first round. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "How many blocks a round with blocks at intervals may take, about. Default:"
              + " ${DEFAULT-VALUE}.")
  private int blocks;

  /** Parsed; a wrong one is wrong usage. */
  BenchPlan plan(CommandSpec spec) {
    try {
      return new BenchPlan(
          count,
          concurrencies,
          paces.stream().map(Pace::parse).toList(),
          rounds.count(),
          warmUp,
          blocks);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
    }
  }

  /** A chain and a database that are gone with the lifecycle. */
  static Ground ground(Lifecycle lifecycle) {
    StateDirectory state = TemporaryRun.begin(lifecycle, Level.ERROR);
    return lifecycle.inSteps(
        () -> Ground.start(lifecycle, EarnestHome.anvil(), EarnestHome.postgresBinaries(), state));
  }
}
