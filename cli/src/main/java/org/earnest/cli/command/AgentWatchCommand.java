package org.earnest.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "watch",
    description = {
      "Show what changes of one agent, or of the hundred that were active last.",
      "",
      "Asks again every few seconds, and says so when the chain has taken blocks back. Runs",
      "until Ctrl-C unless an end is named; --json needs one, and prints its object then."
    },
    mixinStandardHelpOptions = true)
final class AgentWatchCommand extends Verb {
  private static final int LONGEST_INTERVAL = 3_600;
  private static final int MOST_CHANGES = 100_000;

  /** As long as a house may be away before a watch gives up. */
  private static final Duration MOST_AWAY = Duration.ofMinutes(1);

  @Mixin AgentSource source = new AgentSource();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The agent's number in its registry, or eip155:CHAIN:REGISTRY:NUMBER.")
  private @Nullable String id;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Between two looks, 1 to 3600. Default: ${DEFAULT-VALUE}.")
  private int interval;

  @Option(names = "--changes", paramLabel = "N", description = "End after so many changes.")
  private @Nullable Integer most;

  @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds.")
  private @Nullable Integer seconds;

  private final List<AgentChanges.Change> seen = new ArrayList<>();
  private boolean watching;

  @Override
  Map<String, ?> perform(Console console) {
    require();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == null ? 0 : seconds);
    int enough = most == null ? Integer.MAX_VALUE : most;
    AgentChanges changes = new AgentChanges();
    Optional<String> path = Optional.ofNullable(id).map(name -> AgentName.path(spec, name));
    look(changes, path);
    watching = true;
    console.say("Watching " + path.orElse("the agents that were active last") + ".");
    long awaySince = System.nanoTime();
    while (seen.size() < enough && (seconds == null || System.nanoTime() - end < 0)) {
      pause();
      try {
        look(changes, path).forEach(change -> console.say(change.line()));
        awaySince = System.nanoTime();
      } catch (StartupException away) {
        if (System.nanoTime() - awaySince > MOST_AWAY.toNanos() || !passes(away)) {
          throw away;
        }
        console.warn(away.getMessage() + "; asking again");
      }
    }
    Map<String, Object> figures = AgentSource.figures();
    figures.put("changes", seen);
    return figures;
  }

  private List<AgentChanges.Change> look(AgentChanges changes, Optional<String> path) {
    List<AgentChanges.Change> found = found(changes, path);
    found.stream().limit(MOST_CHANGES - (long) seen.size()).forEach(seen::add);
    return found;
  }

  private List<AgentChanges.Change> found(AgentChanges changes, Optional<String> path) {
    try {
      return read(changes, path);
    } catch (StartupException unknown) {
      if (!unknown.code().equals("agent_unknown") || !watching) {
        throw unknown;
      }
      return changes.gone(place());
    }
  }

  private List<AgentChanges.Change> read(AgentChanges changes, Optional<String> path) {
    JsonNode answer =
        path.map(one -> source.get(one, "agent"))
            .orElseGet(() -> source.get("/agents?sort=active&limit=100", "agents"));
    Iterable<JsonNode> agents =
        path.isPresent() ? List.of(answer.path("agent")) : answer.path("agents");
    return changes.since(place(), agents);
  }

  private AgentChanges.Place place() {
    JsonNode progress = source.house.get("/status").path("progress").path("reputation-indexer");
    return new AgentChanges.Place(
        progress.path("reorganisations").asLong(0), progress.path("block").asLong(0));
  }

  private static boolean passes(StartupException away) {
    return List.of("house_unreachable", "database_unavailable", "not_indexed_yet")
        .contains(away.code());
  }

  private void pause() {
    try {
      TimeUnit.SECONDS.sleep(interval);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private void require() {
    if (interval < 1 || interval > LONGEST_INTERVAL) {
      throw wrong("--interval is a number of seconds, 1 to " + LONGEST_INTERVAL);
    }
    if ((most != null && (most < 1 || most > MOST_CHANGES)) || (seconds != null && seconds < 1)) {
      throw wrong("--changes is 1 to " + MOST_CHANGES + ", and --seconds at least 1");
    }
    if (json && most == null && seconds == null) {
      throw wrong("--json prints one object at the end: name it with --changes or --seconds");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
