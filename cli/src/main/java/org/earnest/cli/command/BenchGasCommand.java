package org.earnest.cli.command;

import java.util.Map;
import org.earnest.bench.gas.GasBench;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;

@Command(
    name = "gas",
    description = {
      "Measure what the contracts take: every verb, and whole deals of one and five legs.",
      "",
      "Starts a chain that is gone afterwards, deploys the contracts as they are shipped",
      "and plays deals on it by real transactions; each figure is a receipt's, base cost",
      "and calldata included. Beside them stand the targets, those that are missed marked,",
      "and what peers take for the like, which is known from elsewhere and says so."
    },
    mixinStandardHelpOptions = true)
final class BenchGasCommand extends Verb {
  @Override
  Map<String, ?> perform(Console console) {
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state = TemporaryRun.begin(lifecycle, Level.ERROR);
      return GasBench.start(lifecycle, EarnestHome.anvil(), state.resolve("chain"), console::say)
          .run();
    }
  }
}
