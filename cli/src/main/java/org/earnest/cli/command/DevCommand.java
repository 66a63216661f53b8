package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.doctor.Finding;
import org.earnest.cli.doctor.PortCheck;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.host.HostPlan;
import org.earnest.cli.host.Welcome;
import org.earnest.cli.state.Fresh;
import org.earnest.cli.state.NativeLibraries;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.RpcUrlChain;
import org.earnest.kit.log.Logging;
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
      EarnestHost host = lifecycle.inSteps(() -> EarnestHost.start(lifecycle, plan(console)));
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
    requirePort();
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(options.state()));
    if (fresh) {
      Fresh.begin(state, options.databaseUrl());
    }
    NativeLibraries.unpackInto(state);
    Logging.start(Level.INFO, state.resolve("earnest.log"));
    return new HostPlan(
        state,
        EarnestHome.postgresBinaries(),
        options.port(),
        options.databaseUrl(),
        () -> chain(state),
        console::warn);
  }

  /** The host asks for it last of all; a newcomer should not wait that long for this error. */
  private void requirePort() {
    Finding port = new PortCheck(options.port()).run();
    if (port.verdict() == Finding.Verdict.FAIL) {
      throw new StartupException("port_in_use", port.found(), port.fix());
    }
  }

  private DevChain chain(StateDirectory state) {
    return options
        .rpcUrl()
        .<DevChain>map(RpcUrlChain::connect)
        .orElseGet(() -> anvil(state.resolve(Fresh.CHAIN_FOLDER)));
  }

  private static DevChain anvil(Path folder) {
    return AnvilChain.start(AnvilSettings.persistent(EarnestHome.anvil(), folder));
  }
}
