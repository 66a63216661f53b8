package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.earnest.bench.cpu.CpuPlan;
import org.earnest.bench.credentials.CredentialBench;
import org.earnest.bench.credentials.CredentialPeers;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "credentials",
    description = {
      "Issue and verify credentials by each way to secure them, by our library, by npm's and",
      "by nimbus with Tink.",
      "",
      "Contexts are at hand and issuers known. The others are installed once, from npm and by",
      "Maven, and run in a process of Node and one of Java for each round. Everybody is measured",
      "by the processor time of the process, as wall time says little on a busy machine. A batch",
      "of 10,000 is verified on one thread and on two, by wall time."
    },
    mixinStandardHelpOptions = true)
final class BenchCredentialsCommand extends Verb {
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
      Optional<CredentialPeers> peers = alone ? Optional.empty() : Optional.of(peers());
      return new CredentialBench(plan, state.path(), peers, console::say).run();
    }
  }

  private static CredentialPeers peers() {
    Path folder = EarnestHome.path().resolve(".earnest");
    return new CredentialPeers(
        folder.resolve("credential-peers"), folder.resolve("nimbus-peer"), EarnestHome.maven());
  }

  private CpuPlan plan() {
    try {
      return new CpuPlan(rounds.count(), Duration.ofMillis(warmUp), Duration.ofMillis(round));
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
    }
  }
}
