package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.earnest.bench.cpu.CpuPlan;
import org.earnest.bench.did.DidBench;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "did",
    description = {
      "Resolve DIDs of fresh keys, remembered and not, by our library and by npm's resolvers.",
      "",
      "Nothing is fetched: documents of did:web are at hand. npm's resolvers are installed",
      "once and run in a process of Node for each round. Everybody is measured by the",
      "processor time of the process, as wall time says little on a busy machine."
    },
    mixinStandardHelpOptions = true)
final class BenchDidCommand extends Verb {
  @Mixin RoundsOption rounds = new RoundsOption();

  @Option(
      names = "--round",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "How long each is asked in a round. Default: ${DEFAULT-VALUE}.")
  private long round;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      defaultValue = "3000",
      description = "How long each is asked before that. Default: ${DEFAULT-VALUE}.")
  private long warmUp;

  @Option(names = "--no-peers", description = "Measure our library alone.")
  private boolean alone;

  @Override
  Map<String, ?> perform(Console console) {
    CpuPlan plan = plan();
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state = TemporaryRun.begin(lifecycle, Level.ERROR);
      Optional<Path> peers =
          alone ? Optional.empty() : Optional.of(EarnestHome.path().resolve(".earnest/did-peers"));
      return new DidBench(plan, state.path(), peers, console::say).run();
    }
  }

  private CpuPlan plan() {
    try {
      return new CpuPlan(rounds.count(), Duration.ofMillis(warmUp), Duration.ofMillis(round));
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
    }
  }
}
