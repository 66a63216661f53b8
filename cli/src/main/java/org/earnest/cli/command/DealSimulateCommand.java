package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import org.earnest.cli.console.Console;
import org.earnest.cli.deal.Outcome;
import org.earnest.cli.deal.Sandbox;
import org.earnest.cli.deal.Simulation;
import org.earnest.cli.deal.SimulationFigures;
import org.earnest.cli.deal.SimulationTable;
import org.earnest.cli.deal.TermsCheck;
import org.earnest.cli.deal.TermsFile;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.deal.DealTerms;
import org.earnest.devnet.Deployment;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "simulate",
    description = {
      "Play a deal's terms through every path, and show who gets what in each.",
      "",
      "Opens the deal on a throw-away chain with the real contract, by real",
      "transactions: all well, late, missing, standby, disputed, silent, settled,",
      "never joined. Test keys stand for the parties and test money for the token,",
      "agents are left out, since they move no money, and the chain's clock is",
      "moved. Nothing of it stays. docs/verbs/deal.md says what the file holds;",
      "docs/examples/deal.json is one.",
      ""
    },
    mixinStandardHelpOptions = true)
final class DealSimulateCommand extends Verb {
  /** Contracts have one address on every chain, so terms can be judged before there is one. */
  private static final Caip2ChainId ANY_CHAIN = Caip2ChainId.eip155(31_337);

  /** Terms have sums of 128 bits, which is 39 digits. */
  private static final int MAX_DECIMALS = 38;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "FILE", description = "The terms: {\"head\": {...}, \"legs\": [...]}.")
  private Path file;

  @Option(
      names = "--decimals",
      paramLabel = "N",
      description =
          "Decimals of the token (6 for USDC), to show whole coins. Without it: atomic units.")
  private @Nullable Integer decimals;

  @Override
  Map<String, ?> perform(Console console) {
    OptionalInt shown = decimals();
    DealTerms terms = TermsFile.read(file);
    TermsCheck.require(
        terms,
        Deployment.addresses(ANY_CHAIN).dealEscrow(),
        InstantSource.system().instant().getEpochSecond());
    console.warn("test keys stand for the parties; a chain and a database start");
    try (Lifecycle lifecycle = new Lifecycle()) {
      Outcome outcome = new Simulation(sandbox(lifecycle), terms, console::warn).run();
      new SimulationTable(outcome, shown).lines().forEach(console::say);
      return SimulationFigures.of(outcome);
    }
  }

  private OptionalInt decimals() {
    if (decimals == null) {
      return OptionalInt.empty();
    }
    if (decimals < 0 || decimals > MAX_DECIMALS) {
      throw new StartupException(
          "decimals_invalid",
          "no token has " + decimals + " decimals",
          "Write what the token's decimals() says, 0 to " + MAX_DECIMALS);
    }
    return OptionalInt.of(decimals);
  }

  private static Sandbox sandbox(Lifecycle lifecycle) {
    StateDirectory state = TemporaryRun.begin(lifecycle, Level.WARN);
    return lifecycle.inSteps(
        () -> Sandbox.start(lifecycle, EarnestHome.anvil(), EarnestHome.postgresBinaries(), state));
  }
}
