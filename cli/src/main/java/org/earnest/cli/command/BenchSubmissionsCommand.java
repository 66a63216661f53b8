package org.earnest.cli.command;

import java.util.Map;
import org.earnest.bench.submissions.BenchPlan;
import org.earnest.bench.submissions.SubmissionBench;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin BenchOptions options = new BenchOptions();

  @Override
  Map<String, ?> perform(Console console) {
    BenchPlan plan = options.plan(spec);
    try (Lifecycle lifecycle = new Lifecycle()) {
      return new SubmissionBench(BenchOptions.ground(lifecycle), plan, console::say).run();
    }
  }
}
