package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bench.reorg.IndexerTorture;
import org.earnest.bench.reorg.ReorgPlan;
import org.earnest.bench.reorg.ReorgReport;
import org.earnest.bench.reorg.ReorgSettings;
import org.earnest.cli.console.Console;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "indexer",
    description = {
      "Reorganise a chain under the indexer, kill it, and compare it with a fresh rebuild.",
      "",
      "Runs the indexer in a process of its own against a node that serves made-up logs and",
      "changes its mind, 1 to 64 blocks deep, and a database that outlives it; kills it by",
      "SIGKILL, and holds every table against a rebuild and against the chain. Nothing stays."
    },
    mixinStandardHelpOptions = true)
final class TortureIndexerCommand extends Verb {
  @Option(
      names = "--reorganisations",
      paramLabel = "N",
      defaultValue = "100",
      description = "How often the chain changes its mind. Default: ${DEFAULT-VALUE}.")
  private int reorganisations;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "Beside how many of them the process is killed. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Mixin Seed seed = new Seed();

  @Override
  Map<String, ?> perform(Console console) {
    ReorgSettings settings = settings();
    console.say(
        "%d reorganisations, %d kills, seed %d; a database starts"
            .formatted(reorganisations, kills, settings.seed()));
    try (Lifecycle lifecycle = new Lifecycle()) {
      StateDirectory state = TemporaryRun.begin(lifecycle, Level.ERROR);
      EmbeddedPostgres postgres =
          lifecycle.start(() -> EmbeddedPostgres.start(state, EarnestHome.postgresBinaries()));
      ReorgReport report =
          IndexerTorture.run(
              new ReorgPlan(postgres.settings(), state.path()), settings, console::warn);
      lines(report, report.ok(settings)).forEach(console::say);
      return figures(report, report.ok(settings));
    }
  }

  private ReorgSettings settings() {
    try {
      return new ReorgSettings(reorganisations, kills, seed.value());
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
    }
  }

  private static List<String> lines(ReorgReport report, boolean ok) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(TortureTable.row("reorganisations", report.reorganisations()));
    lines.add(TortureTable.row("  while history was read", report.duringBackfill()));
    lines.add(TortureTable.row("  while the process was dead", report.whileDead()));
    lines.add(TortureTable.row("kills", report.kills()));
    lines.add(TortureTable.row("  while history was read", report.killsDuringBackfill()));
    lines.add(TortureTable.row("  in an open transaction", report.killsInTransaction()));
    lines.add(TortureTable.row("blocks that the index undid", report.blocksUndone()));
    lines.add(TortureTable.row("rebuilds compared with", report.rebuilds()));
    lines.add(TortureTable.row("  rows of all of them", report.rowsCompared()));
    lines.add(TortureTable.row("  rows of the largest", report.largest()));
    lines.add(TortureTable.row("seed", report.seed()));
    lines.add("");
    report.differences().forEach(difference -> lines.add("NOT OK: " + difference));
    lines.add(
        ok
            ? "The index was what a fresh rebuild is, every time."
            : "Not well: the index is not what it should be.");
    return lines;
  }

  private static Map<String, Object> figures(ReorgReport report, boolean ok) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", ok);
    figures.put("seed", report.seed());
    figures.put("reorganisations", report.reorganisations());
    figures.put("reorganisationsDuringBackfill", report.duringBackfill());
    figures.put("reorganisationsWhileDead", report.whileDead());
    figures.put("kills", report.kills());
    figures.put("killsDuringBackfill", report.killsDuringBackfill());
    figures.put("killsInTransaction", report.killsInTransaction());
    figures.put("blocksUndone", report.blocksUndone());
    figures.put("rebuilds", report.rebuilds());
    figures.put("rowsCompared", report.rowsCompared());
    figures.put("rowsOfTheLargest", report.largest());
    figures.put("differences", report.differences());
    figures.put("wallMs", report.wall().toMillis());
    return figures;
  }
}
