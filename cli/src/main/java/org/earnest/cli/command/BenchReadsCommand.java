package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bench.reads.ReadBench;
import org.earnest.bench.reads.ReadPlan;
import org.earnest.cli.console.Console;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "reads",
    description = {
      "Ask every route of the indexer over a large index that is made up.",
      "",
      "Starts a PostgreSQL that is gone afterwards, or takes an empty one by its URL, which stays",
      "for another run; puts agents, feedback and settled legs in by bulk, holds some agents'",
      "standings against what the triggers make of their rows, and asks over HTTP for random",
      "agents. A million agents and ten million feedbacks take some 20 GB of disk, and half an hour",
      "before the first question."
    },
    mixinStandardHelpOptions = true)
final class BenchReadsCommand extends Verb {
  /** What is asked for is the same in every run. */
  private static final long SEED = 20_261_122;

  @Option(
      names = "--agents",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Agents, and settled legs. Default: ${DEFAULT-VALUE}.")
  private long agents;

  @Option(
      names = "--feedbacks",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Feedbacks, five in a block. Default: ${DEFAULT-VALUE}.")
  private long feedbacks;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "500",
      description = "How often each question is asked. Default: ${DEFAULT-VALUE}.")
  private int requests;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many requests are under way at once. Default: ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "postgresql://USER:PASSWORD@HOST/NAME of an empty database that is filled and stays, or of"
              + " one that an earlier run filled with the same numbers.")
  private @Nullable String databaseUrl;

  @Override
  Map<String, ?> perform(Console console) {
    ReadPlan plan = plan();
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state = TemporaryRun.begin(lifecycle, Level.ERROR);
      ReadBench bench = new ReadBench(plan, settings(lifecycle, state), console::say);
      List<String> differences = bench.isFilled() ? List.of() : bench.fill();
      differences.forEach(each -> console.say("NOT OK, the triggers make it otherwise: " + each));
      Map<String, Object> figures = new LinkedHashMap<>(bench.ask());
      figures.put("differences", differences);
      figures.merge("ok", differences.isEmpty(), (all, same) -> (boolean) all && (boolean) same);
      return figures;
    }
  }

  private DatabaseSettings settings(Lifecycle lifecycle, StateDirectory state) {
    return databaseUrl == null
        ? lifecycle
            .start(() -> EmbeddedPostgres.start(state, EarnestHome.postgresBinaries()))
            .settings()
        : DatabaseSettings.parse(databaseUrl);
  }

  private ReadPlan plan() {
    try {
      return new ReadPlan(agents, feedbacks, requests, concurrency, SEED);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
    }
  }
}
