package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.cli.console.Console;
import org.earnest.cli.indexer.ChainPlan;
import org.earnest.cli.indexer.IndexerHost;
import org.earnest.cli.indexer.IndexerPlan;
import org.earnest.cli.indexer.IndexerWatch;
import org.earnest.cli.indexer.IndexerWelcome;
import org.earnest.kit.http.Origin;
import org.earnest.kit.log.Logging;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "indexer",
    description = {
      "Follow agents, feedback and settled deals on any chain or several, by itself.",
      "",
      "Needs a JSON-RPC node and keeps what it reads in a PostgreSQL, its own unless another",
      "is named. Answers over HTTP on 127.0.0.1 and runs until Ctrl-C; the next start goes on",
      "where it was. Without addresses it follows the canonical ERC-8004 registries."
    },
    mixinStandardHelpOptions = true)
final class IndexerCommand extends HostVerb {
  @Mixin ChainOptions chains = new ChainOptions();

  @Option(
      names = "--no-cache",
      description = {
        "Keep no logs of final blocks in the folder and use none. With --fresh, which leaves",
        "those that were kept, remove them, too."
      })
  private boolean uncached;

  @Option(
      names = "--did-registry",
      paramLabel = "ADDRESS",
      description = {
        "The ERC-1056 registry of the chain, for agents that go by a did:ethr. Default: the",
        "chain's well-known one. Not for several chains."
      })
  private @Nullable String didRegistry;

  @SuppressWarnings("NullAway.Init") // afterwards() is called when start() has gone well
  private IndexerHost running;

  IndexerCommand() {
    super(HostOptions.ofIndexer());
  }

  @Override
  Greeting start(Console console) {
    running = IndexerHost.start(lifecycle, plan(console));
    IndexerWelcome welcome = new IndexerWelcome(running);
    return new Greeting(welcome.lines(), welcome.figures());
  }

  @Override
  boolean afterwards() {
    return new IndexerWatch(lifecycle, running.chains(), console()).untilClosed();
  }

  @Override
  Set<String> outlivingFresh() {
    return uncached ? Set.of() : Set.of(IndexerHost.LOGS_FOLDER);
  }

  private IndexerPlan plan(Console console) {
    List<ChainPlan> plans = chains.plans(spec);
    if (didRegistry != null && plans.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--did-registry is of one chain, and several are followed");
    }
    Set<Origin> allowed = origins.origins();
    return new IndexerPlan(
        open(log -> startLog(console, log)),
        EarnestHome.postgresBinaries(),
        options.databaseUrl(),
        plans,
        !uncached,
        Optional.ofNullable(didRegistry).map(RegistryOptions::account),
        options.port(),
        allowed,
        console::warn);
  }

  private static void startLog(Console console, Path log) {
    if (console.isTerminal()) {
      Logging.besideTerminal(Level.INFO, log);
    } else {
      Logging.start(Level.INFO, log);
    }
  }
}
