package org.earnest.cli.command;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.cli.console.Console;
import org.earnest.cli.demo.Demo;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.host.HostIssuer;
import org.earnest.cli.host.HostPlan;
import org.earnest.cli.report.Check;
import org.earnest.cli.report.RunReport;
import org.earnest.cli.state.Fresh;
import org.earnest.cli.state.NativeLibraries;
import org.earnest.cli.state.TemporaryState;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevChain;
import org.earnest.kit.log.Logging;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;

@Command(
    name = "demo",
    description = {
      "Settle deals between two agents on a local chain, and check every figure.",
      "",
      "Starts a chain, a database and every service; makes identities, registers two",
      "agents, issues a credential, sells a quote by the call; settles a deal, lets one",
      "lapse, has one saved by a standby, one ruled on by a panel and one by the panel's",
      "human, one divided as both wish and one accepted leg by leg; and reads the",
      "reputation that is left. Nothing of it stays."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand extends Verb {
  @Override
  Map<String, ?> perform(Console console) {
    RunReport report = new RunReport(console);
    try (Lifecycle lifecycle = new Lifecycle()) {
      TemporaryState state = lifecycle.start(() -> TemporaryState.open(EarnestHome.temporary()));
      EarnestHost host =
          lifecycle.inSteps(() -> EarnestHost.start(lifecycle, plan(state.directory(), console)));
      Map<String, Object> figures = new Demo(host, report).run();
      sayEnd(console, report);
      return figures;
    }
  }

  private static HostPlan plan(StateDirectory state, Console console) {
    NativeLibraries.unpackInto(state);
    Logging.start(Level.WARN, state.resolve("earnest.log"));
    return new HostPlan(
        state,
        EarnestHome.postgresBinaries(),
        0,
        Set.of(),
        Optional.empty(),
        () -> anvil(state),
        Map.of(),
        HostIssuer.of(state),
        SubmissionSettings.DEFAULT.finality(),
        false,
        console::warn);
  }

  private static DevChain anvil(StateDirectory state) {
    return AnvilChain.start(
        AnvilSettings.ephemeral(EarnestHome.anvil(), state.resolve(Fresh.CHAIN_FOLDER)));
  }

  private static void sayEnd(Console console, RunReport report) {
    console.say("");
    for (Check failed : report.failures()) {
      console.say(
          "NOT OK: "
              + failed.name()
              + ": expected "
              + failed.expected()
              + ", but it is "
              + failed.actual());
    }
    console.say(
        report.ok()
            ? "All " + report.checkCount() + " checks hold, after " + report.wallMs() + " ms."
            : report.failures().size() + " of " + report.checkCount() + " checks do not hold.");
  }
}
