package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.cli.console.Console;
import org.earnest.cli.doctor.PortCheck;
import org.earnest.cli.indexer.ContractChoice;
import org.earnest.cli.indexer.FileSettings;
import org.earnest.cli.indexer.IndexerHost;
import org.earnest.cli.indexer.IndexerPlan;
import org.earnest.cli.indexer.IndexerWatch;
import org.earnest.cli.indexer.IndexerWelcome;
import org.earnest.cli.state.Fresh;
import org.earnest.cli.state.NativeLibraries;
import org.earnest.kit.http.Origin;
import org.earnest.kit.log.Logging;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.ReputationIndexer;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "indexer",
    description = {
      "Follow one deployment's agents, feedback and settled deals on any chain, by itself.",
      "",
      "Needs a JSON-RPC node and keeps what it reads in a PostgreSQL, its own unless another",
      "is named. Answers over HTTP on 127.0.0.1 and runs until Ctrl-C; the next start goes on",
      "where it was. Without addresses it follows the canonical ERC-8004 registries."
    },
    mixinStandardHelpOptions = true)
final class IndexerCommand extends Verb {
  @Mixin IndexerOptions options = new IndexerOptions();

  @Mixin OriginOption origins = new OriginOption();

  @Option(
      names = "--fresh",
      description =
          "Begin anew: remove what the folder keeps. With --database-url, drop the schemas that"
              + " Earnest made there, and nothing else. Cannot be undone.")
  private boolean fresh;

  private final Lifecycle lifecycle = new Lifecycle();

  @SuppressWarnings("NullAway.Init") // afterwards() is called when perform() has gone well
  private ReputationIndexer running;

  @Override
  Map<String, ?> perform(Console console) {
    try {
      IndexerHost host = lifecycle.inSteps(() -> IndexerHost.start(lifecycle, plan(console)));
      running = host.indexer();
      IndexerWelcome welcome = new IndexerWelcome(host);
      welcome.lines().forEach(console::say);
      return welcome.figures();
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  @Override
  boolean afterwards() {
    return new IndexerWatch(lifecycle, running::figures, running::halted, console()).untilClosed();
  }

  private IndexerPlan plan(Console console) {
    ContractChoice contracts = options.contracts(spec);
    OptionalLong fromBlock = options.fromBlock(spec);
    int horizon = options.horizon(spec);
    FileSettings files = options.files(spec);
    Set<Origin> allowed = origins.origins();
    PortCheck.require(options.port());
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(options.state()));
    if (fresh) {
      Fresh.begin(state, options.databaseUrl());
    }
    NativeLibraries.unpackInto(state);
    Path log = state.resolve("earnest.log");
    if (console.isTerminal()) {
      Logging.besideTerminal(Level.INFO, log);
    } else {
      Logging.start(Level.INFO, log);
    }
    return new IndexerPlan(
        state,
        EarnestHome.postgresBinaries(),
        options.databaseUrl(),
        options.rpcUrls(),
        contracts,
        fromBlock,
        horizon,
        files,
        options.port(),
        allowed,
        console::warn);
  }
}
