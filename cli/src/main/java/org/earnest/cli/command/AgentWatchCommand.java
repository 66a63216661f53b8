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

@Command(
    name = "watch",
    description = {
      "Show what changes of one agent, or of all.",
      "",
      "Listens to the stream of changes, and says so when the chain has taken blocks back.",
      "Runs until Ctrl-C unless an end is named; --json needs one, and prints its object then."
    },
    mixinStandardHelpOptions = true)
final class AgentWatchCommand extends Verb {
  private static final int MOST_CHANGES = 100_000;

  /** As long as a house may be away before a watch gives up. */
  private static final Duration MOST_AWAY = Duration.ofMinutes(1);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Between two looks at the clock, where an end by time is named. */
  private static final Duration TICK = Duration.ofMillis(500);

  @Mixin AgentSource source = new AgentSource();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The agent's number in its registry, or eip155:CHAIN:REGISTRY:NUMBER.")
  private @Nullable String id;

  @Option(names = "--changes", paramLabel = "N", description = "End after so many changes.")
  private @Nullable Integer most;

  @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds.")
  private @Nullable Integer seconds;

  private final List<AgentChanges.Change> seen = new ArrayList<>();
  private Optional<Long> awaySince = Optional.empty();

  @Override
  Map<String, ?> perform(Console console) {
    require();
    long begun = System.nanoTime();
    int enough = most == null ? MOST_CHANGES : most;
    Optional<String> agent = Optional.ofNullable(id).map(name -> AgentName.id(spec, name));
    try (AgentWatch watch = new AgentWatch(source, agent, change -> tell(console, change))) {
      watch.begin();
      console.say("Watching " + agent.map("agent "::concat).orElse("all agents") + ".");
      while ((most == null || seen.size() < enough) && !isOver(begun)) {
        step(watch, console);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    Map<String, Object> figures = AgentSource.figures();
    figures.put("changes", seen.stream().limit(enough).toList());
    return figures;
  }

  private boolean isOver(long begun) {
    return seconds != null && System.nanoTime() - begun >= TimeUnit.SECONDS.toNanos(seconds);
  }

  private void tell(Console console, AgentChanges.Change change) {
    console.say(change.line());
    if (seen.size() < MOST_CHANGES) {
      seen.add(change);
    }
  }

  private void step(AgentWatch watch, Console console) throws InterruptedException {
    try {
      if (watch.step(TICK)) {
        awaySince = Optional.empty();
      }
    } catch (StartupException away) {
      long now = System.nanoTime();
      long since = awaySince.orElse(now);
      awaySince = Optional.of(since);
      if (now - since > MOST_AWAY.toNanos() || !passes(away)) {
        throw away;
      }
      console.warn(away.getMessage() + "; asking again");
      TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
    }
  }

  private static boolean passes(StartupException away) {
    return List.of(
            "house_unreachable", "database_unavailable", "not_indexed_yet", "too_many_listeners")
        .contains(away.code());
  }

  private void require() {
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
