package org.earnest.cli.command;

import java.util.List;
import java.util.Map;
import org.earnest.bench.submissions.BenchPlan;
import org.earnest.bench.submissions.Ground;
import org.earnest.bench.submissions.Pace;
import org.earnest.bench.submissions.SubmissionBench;
import org.earnest.cli.console.Console;
import org.earnest.cli.state.NativeLibraries;
import org.earnest.cli.state.TemporaryState;
import org.earnest.kit.log.Logging;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "submissions",
    description = {
      "Measure the submission engine: how many per second, at what cost, and where the time goes.",
      "",
      "Starts a chain and a database that are gone afterwards. One account sends transfers",
      "of a token through the engine; in turn with it, another does by web3j's",
      "FastRawTransactionManager, and transactions that were signed before are pushed at the",
      "same chain, which is the limit. Times are milliseconds for each submission; own,",
      "chain and db are processor time."
    },
    mixinStandardHelpOptions = true)
final class BenchSubmissionsCommand extends Verb {
  private static final String LOG_FILE = "earnest.log";

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "200",
      description = "Submissions in a round. Default: ${DEFAULT-VALUE}.")
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

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each kind. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Submissions before the first round. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Override
  Map<String, ?> perform(Console console) {
    BenchPlan plan = plan();
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state =
          lifecycle.start(() -> TemporaryState.open(EarnestHome.temporary())).directory();
      NativeLibraries.unpackInto(state);
      Logging.start(Level.ERROR, state.resolve(LOG_FILE));
      Ground ground =
          lifecycle.inSteps(
              () ->
                  Ground.start(
                      lifecycle, EarnestHome.anvil(), EarnestHome.postgresBinaries(), state));
      return new SubmissionBench(ground, plan, console::say).run();
    }
  }

  private BenchPlan plan() {
    try {
      return new BenchPlan(
          count, concurrencies, paces.stream().map(Pace::parse).toList(), rounds, warmUp);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), refused.getMessage());
    }
  }
}
