package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bench.crowd.Crowd;
import org.earnest.bench.crowd.CrowdReport;
import org.earnest.bench.crowd.CrowdSettings;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "crowd",
    description = {
      "Let many threads of several processes send from one account, over a bad wire.",
      "",
      "Runs the submission engine in several processes with one account and one database.",
      "Some of the requests are made twice or more, some of the node's answers get lost.",
      "Holds ledger and chain together at the end. Nothing of it stays."
    },
    mixinStandardHelpOptions = true)
final class CrowdCommand extends Verb {
  private static final double MILLIS = 1000;

  @Option(
      names = "--submissions",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many, duplicates included, of all processes. Default: ${DEFAULT-VALUE}.")
  private int submissions;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many threads ask in each process. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--processes",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many share the account, 1 to 4. Default: ${DEFAULT-VALUE}.")
  private int processes;

  @Option(
      names = "--duplicates",
      paramLabel = "PERCENT",
      defaultValue = "30",
      description = "How many ask for what another asks for. Default: ${DEFAULT-VALUE}.")
  private int duplicates;

  @Option(
      names = "--lost",
      paramLabel = "PERCENT",
      defaultValue = "10",
      description = "How many of the node's answers get lost. Default: ${DEFAULT-VALUE}.")
  private int lost;

  @Mixin Seed seed = new Seed();

  @Override
  Map<String, ?> perform(Console console) {
    CrowdSettings settings = settings();
    console.say(
        "%d submissions by %d processes with %d threads each, seed %d; a chain and a database start"
            .formatted(submissions, processes, threads, settings.seed()));
    try (Lifecycle lifecycle = new Lifecycle()) {
      CrowdReport report =
          Crowd.run(BenchStage.set(lifecycle, Crowd.BLOCK_INTERVAL), settings, console::warn);
      table(report).forEach(console::say);
      return figures(report);
    }
  }

  private CrowdSettings settings() {
    try {
      return new CrowdSettings(submissions, threads, processes, duplicates, lost, seed.value());
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
    }
  }

  private static List<String> table(CrowdReport report) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "",
                TortureTable.row("submissions", report.settings().submissions()),
                TortureTable.row("  different ones", report.verdict().requests()),
                TortureTable.row("lost", report.verdict().lost()),
                TortureTable.row("doubled", report.verdict().doubled()),
                TortureTable.row("stuck", report.stuck()),
                TortureTable.row("nonces", report.verdict().nonces()),
                TortureTable.row("  filled as gaps", report.verdict().gaps()),
                TortureTable.row("attempts replaced", report.verdict().replaced()),
                TortureTable.row("changes of the lease", report.leaseChanges()),
                TortureTable.row("submissions per second", "%.1f".formatted(perSecond(report))),
                TortureTable.row("seed", report.settings().seed())));
    lines.addAll(TortureTable.closing(report.verdict(), report.ok()));
    return lines;
  }

  private static Map<String, Object> figures(CrowdReport report) {
    CrowdSettings settings = report.settings();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", report.ok());
    figures.put("seed", settings.seed());
    figures.put("submissions", settings.submissions());
    figures.put("requests", report.verdict().requests());
    figures.put("threads", settings.threads());
    figures.put("processes", settings.processes());
    figures.put("duplicatesPercent", settings.duplicatesPercent());
    figures.put("lostAnswersPercent", settings.lostPercent());
    figures.put("lost", report.verdict().lost());
    figures.put("doubled", report.verdict().doubled());
    figures.put("stuck", report.stuck());
    figures.putAll(LedgerFigures.of(report.verdict()));
    figures.put("leaseChanges", report.leaseChanges());
    figures.put("submissionsPerSecond", perSecond(report));
    figures.put("workingMs", report.working().toMillis());
    return figures;
  }

  private static double perSecond(CrowdReport report) {
    return report.answered() * MILLIS / Math.max(1, report.working().toMillis());
  }
}
