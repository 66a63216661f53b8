package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.earnest.bench.submissions.BenchPlan;
import org.earnest.bench.submissions.PaymentBench;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "x402",
    description = {
      "Verify and settle x402 payments by our facilitator and the TypeScript one, in one run.",
      "",
      "Starts a chain, a database and the facilitators, each with one account; all are gone",
      "afterwards. The reference is installed from npm once. Times are milliseconds for each",
      "payment; own, chain, db and node are processor time, own with that of the buyers."
    },
    mixinStandardHelpOptions = true)
final class BenchX402Command extends Verb {
  @Mixin BenchOptions options = new BenchOptions();

  @Option(names = "--no-peers", description = "Measure our facilitator alone.")
  private boolean alone;

  @Override
  Map<String, ?> perform(Console console) {
    BenchPlan plan = options.plan(spec);
    Optional<Path> peers =
        alone
            ? Optional.empty()
            : Optional.of(EarnestHome.path().resolve(".earnest/x402-reference"));
    try (Lifecycle lifecycle = new Lifecycle()) {
      return new PaymentBench(lifecycle, BenchOptions.ground(lifecycle), plan, peers, console::say)
          .run();
    }
  }
}
