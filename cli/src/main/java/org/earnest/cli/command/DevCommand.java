package org.earnest.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.host.HostPlan;
import org.earnest.cli.host.Welcome;
import org.earnest.devnet.AnvilBinary;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevChain;
import org.earnest.kit.log.Logging;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dev",
    description = {
      "Keep the whole house running on one port: a chain, a database and every service.",
      "Prints its URL, seeded accounts, the contracts and curl lines; runs until Ctrl-C."
    },
    mixinStandardHelpOptions = true)
final class DevCommand extends Verb {
  @Mixin HostOptions options = new HostOptions();

  @Option(names = "--fresh", description = "Remove the folder's chain and database first.")
  private boolean fresh;

  private final Lifecycle lifecycle = new Lifecycle();

  @Override
  Map<String, ?> perform(Console console) {
    try {
      EarnestHost host = EarnestHost.start(lifecycle, plan(console));
      Welcome welcome = new Welcome(host);
      welcome.lines().forEach(console::say);
      return welcome.figures();
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  @Override
  void afterwards() {
    try {
      lifecycle.awaitClosed();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private HostPlan plan(Console console) {
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(options.state()));
    if (fresh) {
      clear(state);
    }
    Logging.start(Level.INFO, state.resolve("earnest.log"));
    return new HostPlan(
        state,
        EarnestHome.postgresBinaries(),
        options.port(),
        options.databaseUrl(),
        () -> anvil(state),
        console::warn);
  }

  private static DevChain anvil(StateDirectory state) {
    Path binary = AnvilBinary.find(EarnestHome.path().resolve("contracts"), System.getenv());
    return AnvilChain.start(AnvilSettings.persistent(binary, state.resolve("chain")));
  }

  private static void clear(StateDirectory state) {
    EmbeddedPostgres.stopStale(state);
    try {
      state.clear();
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the state directory could not be cleared: " + refused,
          "Remove " + state.path() + " by hand, or choose another with --state",
          refused);
    }
  }
}
